-- Publishes the events, and looks at the bounds.
if length == count then
  -- An empty list has no expiry.
  call('PEXPIRE', KEYS[1], string.match(ARGV[3], '^%d+'))
end
local publish, high, low = string.byte(ARGV[4], 1, 3)
local removed
if length > 256 * high + low then
  local numbers = ARGV[3]
  -- include shared.lua
  removed = bound(load(), false, 100)
end
local receivers = -1
if publish == 112 then
  -- The channel is the name that the keys begin with.
  local frame = '\3' .. pack('>I7', last - count + 1) .. counter .. '\30' .. events
  receivers = call('PUBLISH', string.sub(KEYS[1], 1, -3), frame)
end
if told then
  return {receivers, last, removed or 0, counter, told[1], told[2]}
end
if removed or pack('>I7', last) ~= ARGV[2] then
  return {receivers, last, removed or 0}
end
return receivers
