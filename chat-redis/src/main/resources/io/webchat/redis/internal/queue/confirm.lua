#!lua flags=allow-oom
-- Moves a device's cursor, and unlinks the head of the list as far as every device confirmed it.
--
-- KEYS[1..3], ARGV[1]  see shared.lua
-- ARGV[2]  the device
-- ARGV[3]  the Seq up to which it has everything
-- Reply    1, or 0 where the device is not known
--
-- A server without memory left takes this step too, since it frees some.

local call = redis.call
local now = call('TIME')
local micros = now[1] * 1000000 + now[2] + string.match(ARGV[1], '^%S+')
local millis = math.floor(micros / 1000)
local meta = call('HMGET', KEYS[2], 'next', 'due')
local next = tonumber(meta[1])
if not next then
  return 0
end
if millis >= tonumber(meta[2]) then
  -- include shared.lua
  upkeep(millis, next)
end

-- Only this device is read as a whole: where there are many, that is most of the work.
local flat = call('HGETALL', KEYS[3])
local own, least
for i = 1, #flat, 2 do
  if flat[i] == ARGV[2] then
    own = flat[i + 1]
  else
    local cursor = tonumber(string.match(flat[i + 1], '^%d+'))
    least = math.min(least or cursor, cursor)
  end
end
if not own then
  return 0
end

local cursor, generation = string.match(own, '^(%d+):(%d+)')
local upto = tonumber(ARGV[3])
if upto > tonumber(cursor) and upto < next then
  cursor = ARGV[3]
  local confirmed = math.min(least or upto, upto) - next + call('LLEN', KEYS[1]) + 1
  if confirmed > 0 then
    call('LTRIM', KEYS[1], confirmed, -1)
  end
end
call('HSET', KEYS[3], ARGV[2], string.format('%s:%s:%.0f', cursor, generation, micros))
return 1
