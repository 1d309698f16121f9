#!lua flags=allow-oom
-- Puts lost messages back, directly before the first event of this epoch, and marks the epoch as restored.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1]  the incarnation of this server
-- ARGV[2]  the numbers of shared.lua
-- ARGV[3]  the epoch
-- ARGV[4]  how many older messages are left out
-- ARGV[5..]  for each message: its name and content, as in append.lua; its time in the call log, ms; itself, as in the
--            list
-- Reply    1 where the epoch is restored now, 0 where this is not the present epoch
--
-- A server without memory left takes this step too: nobody can confirm before it.

local call = redis.call
local numbers = ARGV[2]
-- include shared.lua

local q = load()
if q and q.incarnation ~= ARGV[1] then
  begin(q, ARGV[1])
  return 0
end
if not q or q.epoch ~= tonumber(ARGV[3]) then
  return 0
end
if q.restored then
  return 1
end

local function knows(name)
  local known = call('HGET', KEYS[3], name) or call('HGET', KEYS[4], name)
  if not known then
    return false
  end
  return (#known > 29 and struct.unpack('>I6', known, 30) or select(2, struct.unpack('>I7I6', known))) >= millis - window
end

local chosen, seen = {}, {}
for i = 5, #ARGV, 4 do
  if not seen[ARGV[i]] and not knows(ARGV[i]) then
    seen[ARGV[i]] = true
    chosen[#chosen + 1] = i
  end
end

local first, omitted = q.next - q.length, tonumber(ARGV[4])
local trimmed = first > q.epoch
local own = math.min(q.length, q.next - q.epoch)
if omitted > 0 or trimmed then
  -- The omitted messages are older than these and younger than the events of earlier epochs.
  drop(q, q.length - own)
end
local older = q.length - own

-- Takes the events of this epoch off, and pushes the restored ones and then these.
local tail = own > 0 and call('LRANGE', KEYS[1], -own, -1) or {}
if own > 0 then
  call('LTRIM', KEYS[1], 0, -own - 1)
end
local latest = tail[1] and stored_at(tail[1])
local before = older > 0 and call('LINDEX', KEYS[1], -1)
local at = before and stored_at(before) or 0
for number, i in ipairs(chosen) do
  local logged = tonumber(ARGV[i + 2])
  at = math.min(math.max(at, logged), latest or math.huge)
  local entry = struct.pack('>I7I6', q.epoch - #chosen + number - 1, logged) .. ARGV[i + 1] .. struct.pack('>I6', millis)
  call('HSET', KEYS[3], ARGV[i], entry)
  if not trimmed then
    call('RPUSH', KEYS[1], with_time(ARGV[i + 3], at))
  end
end
if #chosen > 0 then
  call('PEXPIRE', KEYS[3], 2 * window)
end
for start = 1, #tail, 500 do
  call('RPUSH', KEYS[1], unpack(tail, start, math.min(start + 499, #tail)))
end
call('PEXPIRE', KEYS[1], ttl)

local down = #chosen + omitted
for name, device in pairs(q.devices) do
  if device.cursor < q.epoch then
    device.cursor = device.cursor - down
    call('HSET', KEYS[2], 'c:' .. name, string.format('%.0f %.0f', device.cursor, device.seen))
  end
end
q.start = q.start - down
q.length = call('LLEN', KEYS[1])
q.restored = true
q.bytes = nil
call('HDEL', KEYS[2], 'b')
save_counter(q)
save(q)
bound(q)
upkeep(q)
return 1
