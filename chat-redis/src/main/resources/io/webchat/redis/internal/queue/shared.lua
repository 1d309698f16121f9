-- What the steps of a queue share. LuaScript puts this text where a step includes it: Redis makes each function anew
-- whenever a script gets there, so an append includes it only in the branch that seldom runs.
--
-- KEYS[1]  LIST  the queue, oldest event at the head. An event is its time (StoredAt, 13 digits, ms) and its JSON
--                without Seq, StoredAt and the closing brace. Its Seq is that of the head plus its index
-- KEYS[2]  HASH  the state of the queue:
--                  f           the name of the counter: format:incarnation:epoch:r, with u for r before the restore
--                  <counter>   the Seq of the last event. That of the head is counter - LLEN + 1. One HINCRBY assigns a
--                              Seq, and fails to find the counter where anything in its name has changed
--                  s           start due since full unrestored: the lowest Seq of the epoch; the time (ms) before which
--                              neither upkeep nor KEYS[3] has anything to do; the time (ms) since which KEYS[3] fills;
--                              behind the start, the Seq at which it is full, and the first Seq of an epoch that was
--                              never restored. Of at most 64 bytes, so that the hash stays small in memory
--                  b           bytes upto: the bytes of the events up to this Seq; absent for short lists of small ones
--                  k           older newer: the first Seq that KEYS[4] knows, and that which KEYS[3] knows; absent while
--                              KEYS[3] knows all of the list
--                  u           the latest time (ms) of an event or a device when the last epoch that was restored ended:
--                              the queue has had all events from before; absent while the epoch is restored
--                  c:<device>  cursor seen: the Seq up to which the device has confirmed; when it was seen (ms)
--                  g:<device>  generation told: the generation of the device; the epoch of which the device was told
-- KEYS[3]  HASH  the current dedupe bucket: what was sent -> its Seq (7 bytes), its time (6 bytes, ms), its content (a
--                digest of 16 bytes, zeros for a message that was deleted, or the rank of a receipt, one digit), and for
--                a restored message since when it is remembered (6 bytes, ms) and its time in the list (6 bytes, ms,
--                absent where the list does not have it); numbers are big-endian. The name of a message and e -> of the
--                first edits of the message, at most 33, and of each copy that was sent before the window, its Seq (7
--                bytes) and its time (6 bytes, ms). The name and d -> see delete-content.lua. An entry of an earlier
--                epoch has the Seq of that epoch
-- KEYS[4]  HASH  the dedupe bucket before. A full or old bucket becomes this one
--
-- A step defines before: call (redis.call), and numbers, a text of
--          1. after what time the keys expire, ms: later than anything that they hold
--          2. microseconds to add to the server's clock: 0, except in tests
--          3. how long an event is kept, ms
--          4. after how long unseen a device is forgotten, ms
--          5. how long a resend is recognised, ms
--          6. how many events the list holds at most
--          7. how many events a dedupe bucket takes
--          8. how many devices are known at most
--          9. how often upkeep runs at least, ms
--          10. how many bytes the list holds at most
--          11. how many events need no count of their bytes
--
-- Lua's numbers are doubles: Seqs and microseconds are below 2^53 and exact. redis.call passes all their digits on; in
-- Lua only '%.0f' does.

local limits = {}
for each in string.gmatch(numbers, '%S+') do
  limits[#limits + 1] = tonumber(each)
end
local ttl, skew, max_age, device_age, window, max_events, max_dedupe, max_devices, renewal, max_bytes, few =
  unpack(limits)
local time = call('TIME')
local micros = time[1] * 1000000 + time[2] + skew
local millis = math.floor(micros / 1000)

local function stored_at(event)
  return tonumber(string.sub(event, 1, 13))
end

local function with_time(event, at)
  return string.format('%013.0f', at) .. string.sub(event, 14)
end

-- include format.lua

-- The state of the queue; nil where there is none. Fails for a queue of a newer format.
local function load()
  local flat = call('HGETALL', KEYS[2])
  local fields = {}
  local q = {devices = {}, count = 0}
  for i = 1, #flat, 2 do
    fields[flat[i]] = flat[i + 1]
    if string.sub(flat[i], 1, 2) == 'c:' then
      local cursor, seen = string.match(flat[i + 1], '^(%d+) (%d+)$')
      q.devices[string.sub(flat[i], 3)] = {cursor = tonumber(cursor), seen = tonumber(seen)}
      q.count = q.count + 1
    end
  end
  if not fields.f then
    return nil
  end
  check_format(fields.f)
  local incarnation, epoch, restored = string.match(fields.f, '^2:(%w+):(%d+):(%l)$')
  local start, due, since, full, unrestored = string.match(fields.s, '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
  q.counter, q.incarnation, q.epoch, q.restored = fields.f, incarnation, tonumber(epoch), restored == 'r'
  q.next, q.length = fields[fields.f] + 1, call('LLEN', KEYS[1])
  q.start, q.due, q.since = tonumber(start), tonumber(due), tonumber(since)
  q.full, q.unrestored = start + full, start + unrestored
  if fields.b then
    local bytes, upto = string.match(fields.b, '^(%d+) (%d+)$')
    q.bytes, q.counted = tonumber(bytes), tonumber(upto)
  end
  local older, newer = string.match(fields.k or '0 0', '^(%d+) (%d+)$')
  q.older, q.newer = tonumber(older), tonumber(newer)
  q.complete = tonumber(fields.u or 0)
  return q
end

local function save(q)
  q.due = math.min(q.due, q.since + window + 1)
  local full, unrestored = math.max(q.full - q.start, 0), math.max(q.unrestored - q.start, 0)
  call('HSET', KEYS[2], 's', string.format('%.0f %.0f %.0f %.0f %.0f', q.start, q.due, q.since, full, unrestored))
end

-- Gives the counter the name that belongs to this state.
local function save_counter(q)
  local name = string.format('2:%s:%.0f:%s', q.incarnation, q.epoch, q.restored and 'r' or 'u')
  call('HSET', KEYS[2], name, q.next - 1, 'f', name)
  if q.counter and q.counter ~= name then
    call('HDEL', KEYS[2], q.counter)
  end
  q.counter = name
end

local function save_bytes(q)
  if q.bytes and q.length <= 8 then
    q.bytes = nil
    call('HDEL', KEYS[2], 'b')
  elseif q.bytes then
    call('HSET', KEYS[2], 'b', string.format('%.0f %.0f', q.bytes, q.counted))
  end
end

-- KEYS[4] knows all events from the first Seq on, and KEYS[3] all from the second one on.
local function save_known(q, older, newer)
  q.older, q.newer = older, newer
  call('HSET', KEYS[2], 'k', string.format('%.0f %.0f', older, newer))
end

-- Adds up the bytes of the events from this index on. Few at a time: Redis copies a long reply for a script several
-- times.
local function count_bytes(from, to)
  local bytes = 0
  for start = from, to, 5 do
    for _, event in ipairs(call('LRANGE', KEYS[1], start, math.min(start + 4, to))) do
      bytes = bytes + #event
    end
  end
  return bytes
end

-- Removes so many events at the head.
local function drop(q, events)
  if events <= 0 then
    return
  end
  if q.bytes then
    q.bytes = q.bytes - count_bytes(0, math.min(events, q.counted - q.next + q.length + 1) - 1)
  end
  call('LTRIM', KEYS[1], events, -1)
  q.length = q.length - events
  save_bytes(q)
end

-- Removes the oldest events beyond the bounds, but not the last event; returns their number. Counts the bytes where the
-- list is long or has a large event: of so many events at most, the next call goes on.
local function bound(q, large, count)
  local before = q.length
  drop(q, q.length - max_events)
  if large or q.bytes or q.length > few then
    local first = q.next - q.length
    local from = q.bytes and math.max(q.counted + 1 - first, 0) or 0
    local to = math.min(from + count, q.length) - 1
    q.bytes = (q.bytes or 0) + count_bytes(from, to)
    q.counted = first + to
    local excess, events = q.bytes - max_bytes, 0
    while excess > 0 and events < q.length - 1 do
      excess = excess - #call('LINDEX', KEYS[1], events)
      events = events + 1
    end
    drop(q, events)
    save_bytes(q)
  end
  return before - q.length
end

-- Removes the head of the list as far as each device has confirmed it. What waits for a user without devices stays.
local function drop_confirmed(q)
  local least
  for _, device in pairs(q.devices) do
    least = math.min(least or device.cursor, device.cursor)
  end
  if least then
    drop(q, math.min(least - q.next + q.length + 1, q.length))
  end
end

local function forget(q, name)
  call('HDEL', KEYS[2], 'c:' .. name, 'g:' .. name)
  q.devices[name] = nil
  q.count = q.count - 1
end

-- How many events at the head are older than this. Times never fall along the list.
local function older_than(q, limit)
  local head = call('LINDEX', KEYS[1], 0)
  if not head or stored_at(head) >= limit then
    return 0
  end
  local old, young = 0, q.length
  while young - old > 1 do
    local middle = math.floor((old + young) / 2)
    if stored_at(call('LINDEX', KEYS[1], middle)) < limit then
      old = middle
    else
      young = middle
    end
  end
  return young
end

-- What time does: old events go, devices unseen for long are forgotten. When it is due, the keys' expiry is put off.
local function upkeep(q)
  drop(q, older_than(q, millis - max_age))
  local unseen = {}
  for name, device in pairs(q.devices) do
    if device.seen < millis - device_age then
      unseen[#unseen + 1] = name
    end
  end
  for _, name in ipairs(unseen) do
    forget(q, name)
  end
  if #unseen > 0 then
    drop_confirmed(q)
  end
  if millis >= q.due then
    call('PEXPIRE', KEYS[1], ttl)
    call('PEXPIRE', KEYS[2], ttl)
    q.due = millis + renewal
    save(q)
  end
end

-- Makes a queue where there is none, or begins another epoch in this one: its events get the Seqs directly below. An
-- epoch begins at the time in microseconds, which grows faster than any queue, so that no Seq comes twice. Where the
-- clock went back, the distance to the last Seq still leaves capacity for a full queue of restored messages.
local function begin(q, incarnation)
  local number = micros
  if q then
    number = math.max(micros, q.next + q.length + max_events)
    local up = number - q.next
    for name, device in pairs(q.devices) do
      device.cursor = device.cursor + up
      call('HSET', KEYS[2], 'c:' .. name, string.format('%.0f %.0f', device.cursor, device.seen))
    end
    q.full = q.full + up
    q.unrestored = q.restored and number or q.unrestored + up
    if q.restored then
      local tail = call('LINDEX', KEYS[1], -1)
      local latest = tail and stored_at(tail) or 0
      for _, device in pairs(q.devices) do
        latest = math.max(latest, device.seen)
      end
      call('HSET', KEYS[2], 'u', string.format('%.0f', latest))
    end
    if q.bytes then
      q.counted = q.counted + up
      save_bytes(q)
    end
    if q.newer > 0 then
      save_known(q, q.older + up, q.newer + up)
    end
  else
    -- What is left of a queue without its state has no Seqs any more.
    call('UNLINK', KEYS[1], KEYS[2])
    q = {devices = {}, count = 0, length = 0, due = millis + renewal, since = millis, full = number + max_dedupe}
    q.older, q.newer = 0, 0
    q.unrestored = number
  end
  q.incarnation, q.epoch, q.restored = incarnation, number, false
  q.next, q.start = number, number - q.length
  save_counter(q)
  save(q)
  call('PEXPIRE', KEYS[2], ttl)
  return q
end
