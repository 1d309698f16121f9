local call, pack = redis.call, struct.pack
local count = (#ARGV - 4) / 3
-- include append-begin.lua

local known = 0
while usual and known < count do
  local name, tail = ARGV[5 + 3 * known], ARGV[6 + 3 * known]
  local entry = pack('>I7', last - count + known + 1) .. tail
  if #tail == 7 and string.byte(tail, 7) == 50 then
    -- A display adds to a delivery.
    local before = call('HGET', KEYS[3], name) or call('HGET', KEYS[4], name)
    usual = not before or string.byte(before, 14) == 49
    if usual then
      call('HSET', KEYS[3], name, entry)
    end
  else
    usual = call('HEXISTS', KEYS[4], name) == 0 and call('HSETNX', KEYS[3], name, entry) == 1
  end
  if usual then
    known = known + 1
  elseif count == 1 then
    -- A resend, unless the first one is long ago or was restored.
    local before = call('HGET', KEYS[3], name) or call('HGET', KEYS[4], name)
    local seq, stored = struct.unpack('>I7I6', before)
    local window = string.match(ARGV[3], '^%S+ %S+ %S+ %S+ (%d+)')
    if #before < 30 and stored >= string.sub(ARGV[7], 1, 13) - window then
      call('HINCRBY', KEYS[2], counter, -1)
      local content = string.sub(before, 14)
      local same = #tail == 7 or content == string.sub(tail, 7) or content == string.rep('\0', 16)
      local outcome = same and 1 or 2
      local start = tonumber(string.match(call('HGET', KEYS[2], 's'), '^%d+'))
      local due, full = told and told[1] or 0, told and told[2] or 0
      return {-1, last - 1, 0, counter, due, full, outcome, seq < start and 0 or seq, stored, 0}
    end
  end
end

if not usual then
  for i = 0, known - 1 do
    call('HDEL', KEYS[3], ARGV[5 + 3 * i])
  end
  -- include append-slowly.lua
end

local events = ARGV[7]
local length
if count == 1 then
  length = call('RPUSH', KEYS[1], events)
else
  local all = {}
  for i = 1, count do
    all[i] = ARGV[4 + 3 * i]
  end
  length = call('RPUSH', KEYS[1], unpack(all))
  events = table.concat(all, '\30')
end
-- include append-end.lua
