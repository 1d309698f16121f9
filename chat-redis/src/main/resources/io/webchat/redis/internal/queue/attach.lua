#!lua flags=allow-oom
-- Makes a device known, as of now, and gives it a new generation.
--
-- KEYS[1..3], ARGV[1]  see shared.lua
-- ARGV[2]  the device
-- ARGV[3]  the last Seq that it says it has, 0 for none
-- Reply    {cursor, generation, how many devices are known}
--
-- A server without memory left takes this step too: who attaches is about to confirm, which frees some.

-- include shared.lua

local now = call('TIME')
local micros = now[1] * 1000000 + now[2] + string.match(ARGV[1], '^%S+')
local millis = math.floor(micros / 1000)
local meta = call('HMGET', KEYS[2], 'next', 'due')
local next, due = tonumber(meta[1]), tonumber(meta[2])
if not next then
  next, due = micros, create(micros, millis)
elseif millis >= due then
  due = upkeep(millis, next)
end

local all = devices()
local known
for _, device in ipairs(all) do
  if device.name == ARGV[2] then
    known = device
  end
end

local new = not known
if new then
  local max_devices = tonumber(string.match(ARGV[1], '^%S+ %d+ %d+ %d+ %d+ %d+ (%d+)'))
  while #all >= max_devices do
    table.sort(all, function(one, other)
      return one.seen > other.seen or (one.seen == other.seen and one.generation > other.generation)
    end)
    call('HDEL', KEYS[3], table.remove(all).name)
    unlink_confirmed(all, next)
  end
  local head = next - call('LLEN', KEYS[1])
  local after = tonumber(ARGV[3])
  known = {name = ARGV[2], cursor = head - 1, generation = 0}
  if after > 0 and after < head then
    -- It has missed something: it reads from there and is told so.
    known.cursor = after
  end
  all[#all + 1] = known
end

known.seen = micros
known.generation = math.max(known.generation + 1, micros)
save(known)
if new and #all == 1 then
  expire(KEYS[3])
end
due_by(millis + device_age + 1, due)
return {known.cursor, known.generation, #all}
