#!lua flags=allow-oom
-- Notes when a device was seen, at the end of its session. The time never goes back: clocks of nodes differ a little.
--
-- KEYS[1..2]  see shared.lua
-- ARGV[1]  c: and the device
-- ARGV[2]  the time, ms
-- Reply    1, or 0 where the device is not known
--
-- A server without memory left takes this step too: it replaces a number by another one.

local call = redis.call
local known = call('HGET', KEYS[2], ARGV[1])
if not known then
  return 0
end
local cursor, seen = string.match(known, '^(%d+) (%d+)$')
if tonumber(ARGV[2]) > tonumber(seen) then
  call('HSET', KEYS[2], ARGV[1], cursor .. ' ' .. ARGV[2])
end
return 1
