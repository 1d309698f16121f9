#!lua flags=allow-oom
-- Makes a device known, as of now, and gives it a new generation.
--
-- KEYS[1..2]  see shared.lua
-- ARGV[1]  the incarnation of this server
-- ARGV[2]  the numbers of shared.lua
-- ARGV[3]  the device
-- ARGV[4]  the last Seq that it says it has, 0 for none
-- Reply    {epoch, 1 where it is restored, its start, cursor, generation, how many devices are known, 1 where the device
--          was known in an earlier epoch and has not been told of this one}
--
-- A server without memory left takes this step too: who attaches is about to confirm, which frees some.

local call = redis.call
local numbers = ARGV[2]
-- include shared.lua

local q = load()
if not q or q.incarnation ~= ARGV[1] then
  q = begin(q, ARGV[1])
end
upkeep(q)

-- The generation of a device, and the epoch of which it was told.
local function generation_of(name)
  local generation, told = string.match(call('HGET', KEYS[2], 'g:' .. name) or '0', '^(%d+) ?(%d*)$')
  return tonumber(generation), tonumber(told) or 0
end

local device = q.devices[ARGV[3]]
local generation, told = 0, q.epoch
if device then
  generation, told = generation_of(ARGV[3])
else
  while q.count >= max_devices do
    local oldest, before, made
    for name, other in pairs(q.devices) do
      if not before or other.seen <= before.seen then
        local since = generation_of(name)
        if not before or other.seen < before.seen or since < made then
          oldest, before, made = name, other, since
        end
      end
    end
    forget(q, oldest)
    drop_confirmed(q)
  end
  local first, after = q.next - q.length, tonumber(ARGV[4])
  device = {cursor = first - 1}
  if after >= q.start - 1 and after < first then
    -- It has missed something: it reads from there and is told so.
    device.cursor = after
  end
  q.devices[ARGV[3]] = device
  q.count = q.count + 1
end
generation = math.max(generation + 1, micros)
local seen = string.format('%.0f %.0f', device.cursor, millis)
local missed = told ~= q.epoch
if q.restored then
  told = q.epoch
end
call('HSET', KEYS[2], 'c:' .. ARGV[3], seen, 'g:' .. ARGV[3], string.format('%.0f %.0f', generation, told))
return {q.epoch, q.restored and 1 or 0, q.start, device.cursor, generation, q.count, missed and 1 or 0}
