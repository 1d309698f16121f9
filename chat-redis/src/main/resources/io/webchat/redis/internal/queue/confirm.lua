#!lua flags=allow-oom
-- Moves a device's cursor, and unlinks the head of the list as far as every device confirmed it.
--
-- KEYS[1..2]  see shared.lua
-- ARGV[1]  the counter of the epoch that the confirmation names: this server's, and restored
-- ARGV[2]  c: and the device
-- ARGV[3]  the Seq up to which it has everything
-- ARGV[4]  this Seq, a space, and the time, ms
-- ARGV[5]  the numbers of shared.lua
-- Reply    1, or 0 where the device is not known or the epoch is another one
--
-- A server without memory left takes this step too, since it frees some.

local call = redis.call
local flat = call('HGETALL', KEYS[2])
local last, own, least, counted
for i = 1, #flat, 2 do
  local field = flat[i]
  if field == ARGV[1] then
    last = tonumber(flat[i + 1])
  elseif field == ARGV[2] then
    own = flat[i + 1]
  elseif field == 'b' then
    counted = true
  elseif string.byte(field) == 99 then
    local cursor = tonumber(string.match(flat[i + 1], '^%d+'))
    least = math.min(least or cursor, cursor)
  end
end
if not last or not own then
  -- include format.lua
  check_format(call('HGET', KEYS[2], 'f'))
  return 0
end

local upto = tonumber(ARGV[3])
if upto <= last and upto > tonumber(string.match(own, '^%d+')) then
  call('HSET', KEYS[2], ARGV[2], ARGV[4])
  local confirmed = math.min(least or upto, upto) - last + call('LLEN', KEYS[1])
  if confirmed > 0 and counted then
    local numbers = ARGV[5]
    -- include shared.lua
    drop(load(), confirmed)
  elseif confirmed > 0 then
    call('LTRIM', KEYS[1], confirmed, -1)
  end
else
  call('HSET', KEYS[2], ARGV[2], string.match(own, '^%d+') .. string.match(ARGV[4], ' %d+$'))
end
return 1
