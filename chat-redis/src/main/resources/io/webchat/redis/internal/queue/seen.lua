-- When a device of the user was seen last.
--
-- KEYS[1..2]  see shared.lua
-- ARGV[1]  the time (ms) before which a device counts as forgotten
-- Reply    the time, ms; 0 where no device is known

local call = redis.call
local flat = call('HGETALL', KEYS[2])
local latest = 0
for i = 1, #flat, 2 do
  if string.sub(flat[i], 1, 2) == 'c:' then
    latest = math.max(latest, tonumber(string.match(flat[i + 1], '%d+$')))
  end
end
return latest >= tonumber(ARGV[1]) and latest or 0
