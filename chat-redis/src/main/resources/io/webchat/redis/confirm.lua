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

local all = devices()
for _, device in ipairs(all) do
  if device.name == ARGV[5] then
    local upto = tonumber(ARGV[6])
    local moves = upto > device.cursor and upto < next
    device.seen = micros
    if moves then
      device.cursor = upto
    end
    save(device)
    if moves then
      unlink_confirmed(all, next)
    end
    return 1
  end
end
return 0
