#!lua flags=allow-oom
-- Puts lost messages back, directly before the first event of this epoch, and marks the epoch as restored. Among the
-- events of earlier epochs that were never restored, they stand by time.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1]  the incarnation of this server
-- ARGV[2]  the numbers of shared.lua
-- ARGV[3]  the epoch
-- ARGV[4]  how many older messages are left out
-- ARGV[5]  how many deletions are among the events
-- ARGV[6..]  for each deletion: itself, as in the list; ARGV[8..13] of delete.lua
-- Behind them  for each message or amendment: its name; its content as in append.lua, and for an edit the name of its
--            message behind it; its time in the call log, ms; itself, as in the list
-- Reply    how many events are linked, 0 where the epoch was restored before; -1 where this is not the present epoch
--
-- A server without memory left takes this step too: nobody can confirm before it.

local call = redis.call
local numbers = ARGV[2]
-- include shared.lua

local q = load()
if q and q.incarnation ~= ARGV[1] then
  begin(q, ARGV[1])
  return -1
end
if not q or q.epoch ~= tonumber(ARGV[3]) then
  return -1
end
if q.restored then
  return 0
end

local function find(name)
  return call('HGET', KEYS[3], name) or call('HGET', KEYS[4], name)
end

local deleted = string.rep('\0', 16)

local function is_deleted(known)
  return known and string.sub(known, 14, 29) == deleted
end

local function knows(name, content)
  local known = find(name)
  if not known or content == deleted and is_deleted(known) and string.sub(known, 1, 7) == string.rep('\0', 7) then
    -- The message was deleted before the list had it: what is left of it may be linked.
    return false
  end
  local since = #known > 29 and struct.unpack('>I6', known, 30) or struct.unpack('>I6', known, 8)
  return since >= millis - window
end

local first = 6 + 7 * ARGV[5]
if first > 6 then
  -- include restore-deletions.lua
end

-- The queue has had all events from before this time, as far as it can tell. Such an event is still in the list, or it
-- was confirmed, or removed at the bound. So it is not lost, although the buckets may have forgotten it. Within the
-- window they are more exact, and the times of rooms and amendments are those of other queues.
local complete = math.min(millis - window, q.complete - 120000)
local from = math.min(q.unrestored, q.epoch)
if q.next - q.length < from and (q.length >= max_events or (q.bytes or 0) > max_bytes / 2) then
  complete = math.max(complete, stored_at(call('LINDEX', KEYS[1], 0)))
end

local chosen, seen = {}, {}
for i = first, #ARGV, 4 do
  local content, message = string.sub(ARGV[i + 1], 1, 16), string.sub(ARGV[i + 1], 17)
  local gone = message ~= '' and is_deleted(find(message))
  if tonumber(ARGV[i + 2]) >= complete and not seen[ARGV[i]] and not gone and not knows(ARGV[i], content) then
    seen[ARGV[i]] = true
    chosen[#chosen + 1] = i
  end
end

local omitted, oldest = tonumber(ARGV[4]), tonumber(ARGV[first + 2] or math.huge)
if oldest < complete then
  omitted = 0
end

local function logged_at(event)
  return tonumber(string.match(event, '"LoggedAt":(%d+)$') or stored_at(event))
end

-- A queue that was trimmed up to here would lose the messages at once.
local full = q.next - q.length > q.epoch

-- Takes off what may stand behind a restored message.
from = math.max(q.next - q.length, from)
local tail = q.next > from and call('LRANGE', KEYS[1], from - q.next, -1) or {}
if #tail > 0 then
  call('LTRIM', KEYS[1], 0, -#tail - 1)
end
local young = 1
if omitted > 0 then
  -- The omitted messages are older than the others, so all that stands before them goes.
  call('UNLINK', KEYS[1])
  while tail[young] and from + young - 1 < q.epoch and logged_at(tail[young]) < oldest do
    young = young + 1
  end
end
local before = call('LINDEX', KEYS[1], -1)
local at = before and stored_at(before) or 0

local linked, index = {}, {}

-- Links a message; its time never falls along the list.
local function link(i, latest)
  at = math.min(math.max(at, tonumber(ARGV[i + 2])), latest)
  linked[#linked + 1] = with_time(ARGV[i + 3], at)
  index[i] = #linked
end

local number = full and #chosen + 1 or 1
for offset = young, #tail do
  local event, seq = tail[offset], from + offset - 1
  while chosen[number] and (seq >= q.epoch or tonumber(ARGV[chosen[number] + 2]) < logged_at(event)) do
    link(chosen[number], stored_at(event))
    number = number + 1
  end
  linked[#linked + 1] = event
  at = stored_at(event)
end
for rest = number, #chosen do
  link(chosen[rest], math.huge)
end
for start = 1, #linked, 500 do
  call('RPUSH', KEYS[1], unpack(linked, start, math.min(start + 499, #linked)))
end
call('PEXPIRE', KEYS[1], ttl)

if #chosen > 0 and call('HLEN', KEYS[3]) == 0 then
  save_known(q, q.older, q.next)
end
local edits = {}
for _, i in ipairs(chosen) do
  local event = index[i] and linked[index[i]]
  local seq = event and q.next - #linked + index[i] - 1 or 0
  local entry = struct.pack('>I7I6', seq, tonumber(ARGV[i + 2])) .. string.sub(ARGV[i + 1], 1, 16)
    .. struct.pack('>I6', millis) .. (event and struct.pack('>I6', stored_at(event)) or '')
  call('HSET', KEYS[3], ARGV[i], entry)
  local message = string.sub(ARGV[i + 1], 17)
  if event and message ~= '' then
    edits[message] = edits[message] or {}
    table.insert(edits[message], struct.pack('>I7I6', seq, stored_at(event)))
  end
end
for message, all in pairs(edits) do
  local noted = (call('HGET', KEYS[3], message .. 'e') or '') .. table.concat(all)
  call('HSET', KEYS[3], message .. 'e', string.sub(noted, 1, 429))
end
if #chosen > 0 then
  call('PEXPIRE', KEYS[3], 2 * window)
end

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
call('HDEL', KEYS[2], 'b', 'u')
save_counter(q)
save(q)
bound(q, true, q.length)
upkeep(q)
return full and 0 or #chosen
