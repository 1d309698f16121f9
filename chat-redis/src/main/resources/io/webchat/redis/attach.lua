#!lua flags=allow-oom
-- Makes a device known, as of now, and gives it a new generation.
--
-- KEYS[1..3], ARGV[1..4]  see queue.lua
-- ARGV[5]  how many devices are known at most
-- ARGV[6]  the device
-- ARGV[7]  the last Seq that it says it has, 0 for none
-- Reply    {cursor, generation, how many devices are known}
--
-- A server without memory left takes this step too: who attaches is about to confirm, which frees some.

local micros, millis = clock()
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
  if device.name == ARGV[6] then
    known = device
  end
end

local new = not known
if new then
  while #all >= tonumber(ARGV[5]) do
    table.sort(all, function(one, other)
      return one.seen > other.seen or (one.seen == other.seen and one.generation > other.generation)
    end)
    call('HDEL', KEYS[3], table.remove(all).name)
    unlink_confirmed(all, next)
  end
  local head = next - call('LLEN', KEYS[1])
  local after = tonumber(ARGV[7])
  known = {name = ARGV[6], cursor = head - 1, generation = 0}
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
due_by(millis + ARGV[3] + 1, due)
return {known.cursor, known.generation, #all}
