#!lua flags=allow-oom
-- Last step of a change: writes its result into the user's list, unless another change has begun since.
--
-- KEYS[1]  HASH  the user's list, see mark.lua
-- ARGV[1]  the room
-- ARGV[2]  the ticket of the change
-- ARGV[3]  'role time-of-joining added-by name'; empty if the user is not a member
-- Reply    1, or 0 if another change has begun or has ended since

local call = redis.call
if call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  call('HDEL', KEYS[1], ARGV[1])
else
  call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
end
return 1
