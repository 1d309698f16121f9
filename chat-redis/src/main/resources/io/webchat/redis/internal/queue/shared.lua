-- What the steps of a queue share. Script.java puts this text where a step includes it: Redis makes each function anew
-- whenever a script gets there, so that what seldom happens is included where it does.
--
-- KEYS[1]  LIST  the queue: events in their wire form, oldest at the head
-- KEYS[2]  HASH  what is known of the queue:
--                  next    the Seq of the next event; that of the head is next - LLEN, so that a place in the
--                          list needs no search
--                  at      when the last event was stored, ms
--                  due     upkeep has nothing to do before this time, ms
--                  bucket  0 or 1: which of the two dedupe buckets is the current one
--                  since   when that one was begun, ms
--                  full    the Seq at which it is full
-- KEYS[3]  HASH  device -> cursor:generation:seen; generation and seen in microseconds
-- ARGV[1]  ten numbers with a space between them, in one argument since each argument has its price:
--          1. microseconds to add to the server's clock: 0, except in tests
--          2. how long an event is kept, ms
--          3. after how long unseen a device is forgotten, ms
--          4. how long a resend is recognised, ms
--          5. how many events the list holds at most
--          6. how many events a dedupe bucket takes
--          7. how many devices are known at most
--          8. 1 where a resend is to go to the replicas too, or else 0
--          9. how often the keys' expiry is renewed at most, ms
--          10. after what time they expire, ms: later than anything that they hold
--
-- Lua's numbers are doubles: Seqs and microseconds are below 2^53 and exact. redis.call passes all their digits on; in
-- Lua only '%.0f' does.
-- Each step touches the keys above and those that its own header names, all of one slot.

local call = redis.call
local max_age, device_age, renewal, ttl = string.match(ARGV[1], '^%S+ (%d+) (%d+) %d+ %d+ %d+ %d+ %d (%d+) (%d+)$')

local function expire(key)
  call('PEXPIRE', key, ttl)
end

local function stored_at(event)
  return tonumber(string.match(string.sub(event, -40), '"StoredAt":(%d+)}$'))
end

-- How many events at the head are older than this. Times grow along the list.
local function older_than(time)
  local young = call('LLEN', KEYS[1])
  local head = call('LINDEX', KEYS[1], 0)
  if not head or stored_at(head) >= time then
    return 0
  end
  local old = 0
  while young - old > 1 do
    local middle = math.floor((old + young) / 2)
    if stored_at(call('LINDEX', KEYS[1], middle)) < time then
      old = middle
    else
      young = middle
    end
  end
  return young
end

-- Unlinks the head of the list up to this Seq.
local function unlink(upto, next)
  local confirmed = upto - next + call('LLEN', KEYS[1]) + 1
  if confirmed > 0 then
    call('LTRIM', KEYS[1], confirmed, -1)
  end
end

local function parse(name, value)
  local cursor, generation, seen = string.match(value, '^(%d+):(%d+):(%d+)$')
  return {name = name, cursor = tonumber(cursor), generation = tonumber(generation), seen = tonumber(seen)}
end

-- The devices, as a list of {name, cursor, generation, seen}.
local function devices()
  local flat = call('HGETALL', KEYS[3])
  local all = {}
  for i = 1, #flat, 2 do
    all[#all + 1] = parse(flat[i], flat[i + 1])
  end
  return all
end

local function save(device)
  local value = string.format('%.0f:%.0f:%.0f', device.cursor, device.generation, device.seen)
  call('HSET', KEYS[3], device.name, value)
end

-- Unlinks what all of these have confirmed. What waits for a user without devices stays.
local function unlink_confirmed(all, next)
  local least
  for _, device in ipairs(all) do
    least = math.min(least or device.cursor, device.cursor)
  end
  if least then
    unlink(least, next)
  end
end

-- Brings upkeep forward to this time, where it is due later.
local function due_by(time, due)
  if time < due then
    call('HSET', KEYS[2], 'due', time)
  end
end

-- What time does: old events go, devices unseen for long are forgotten, the keys' expiry is put off. Returns when
-- upkeep is due again.
local function upkeep(millis, next)
  -- First, since Redis without memory refuses an HSET only as long as a script has written nothing.
  expire(KEYS[2])
  expire(KEYS[1])
  expire(KEYS[3])
  local due = millis + renewal
  local old = older_than(millis - max_age)
  if old > 0 then
    call('LTRIM', KEYS[1], old, -1)
  end
  local all, kept = devices(), {}
  for _, device in ipairs(all) do
    local seen = math.floor(device.seen / 1000)
    if seen < millis - device_age then
      call('HDEL', KEYS[3], device.name)
    else
      kept[#kept + 1] = device
      due = math.min(due, seen + device_age + 1)
    end
  end
  if #kept < #all then
    unlink_confirmed(kept, next)
  end
  local head = call('LINDEX', KEYS[1], 0)
  if head then
    due = math.min(due, stored_at(head) + max_age + 1)
  end
  call('HSET', KEYS[2], 'due', due)
  return due
end

-- Makes a queue where there is none. Its first Seq is the time in microseconds, which grows faster than any queue, so
-- that no Seq comes twice, not even after the server lost its data. Returns when upkeep is due.
local function create(micros, millis)
  -- What is left of a queue whose KEYS[2] is gone has no Seqs any more.
  call('UNLINK', KEYS[1], KEYS[3])
  local due = millis + renewal
  call('HSET', KEYS[2], 'next', micros, 'due', due)
  expire(KEYS[2])
  return due
end
