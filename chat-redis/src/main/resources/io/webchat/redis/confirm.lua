#!lua flags=allow-oom
-- Moves a device's cursor, and unlinks the head of the list as far as every device confirmed it.
--
-- KEYS[1..3], ARGV[1..4]  see queue.lua
-- ARGV[5]  the device
-- ARGV[6]  the Seq up to which it has everything
-- Reply    1, or 0 where the device is not known
--
-- A server without memory left takes this step too, since it frees some.

local micros, millis = clock()
local meta = call('HMGET', KEYS[2], 'next', 'due')
local next = tonumber(meta[1])
if not next then
  return 0
end
if millis >= tonumber(meta[2]) then
  upkeep(millis, next)
end

-- Only this device is read as a whole: where there are many, that is most of the work.
local flat = call('HGETALL', KEYS[3])
local own, least
for i = 1, #flat, 2 do
  if flat[i] == ARGV[5] then
    own = parse(flat[i], flat[i + 1])
  else
    local cursor = tonumber(string.match(flat[i + 1], '^%d+'))
    least = math.min(least or cursor, cursor)
  end
end
if not own then
  return 0
end

own.seen = micros
local upto = tonumber(ARGV[6])
if upto > own.cursor and upto < next then
  own.cursor = upto
  unlink(math.min(least or upto, upto), next)
end
save(own)
return 1
