#!lua
-- Runs each command of webchat's other scripts on keys of its own, to find one that is refused.
--
-- KEYS[1]  LIST
-- KEYS[2]  HASH
-- KEYS[3]  STRING
-- ARGV[1]  a channel; empty where scripts do not publish
-- Reply    {}, or {the refused command, the refusal}
--
-- Each run begins and ends without these keys. Without a flag in the first line, a server that takes no writes refuses
-- the script as a whole.

local steps = {
  {'TIME'},
  {'UNLINK', KEYS[1], KEYS[2], KEYS[3]},
  {'RPUSH', KEYS[1], 'a', 'b', 'c'},
  {'LLEN', KEYS[1]},
  {'LINDEX', KEYS[1], 0},
  {'LRANGE', KEYS[1], 0, 0},
  {'LSET', KEYS[1], 0, 'a'},
  {'LTRIM', KEYS[1], 1, -1},
  {'PEXPIRE', KEYS[1], 60000},
  {'HSET', KEYS[2], 'a', 1},
  {'HSETNX', KEYS[2], 'b', 1},
  {'HINCRBY', KEYS[2], 'a', 1},
  {'HEXISTS', KEYS[2], 'a'},
  {'HGET', KEYS[2], 'a'},
  {'HMGET', KEYS[2], 'a', 'b'},
  {'HGETALL', KEYS[2]},
  {'HLEN', KEYS[2]},
  {'HDEL', KEYS[2], 'b'},
  {'SET', KEYS[3], 'a', 'PX', 60000},
  {'GET', KEYS[3]},
  {'RENAME', KEYS[3], KEYS[1]},
  {'UNLINK', KEYS[1], KEYS[2], KEYS[3]},
}
if ARGV[1] ~= '' then
  steps[#steps + 1] = {'PUBLISH', ARGV[1], ''}
end
for _, step in ipairs(steps) do
  local reply = redis.pcall(unpack(step))
  if type(reply) == 'table' and reply.err then
    return {step[1], reply.err}
  end
end
return {}
