-- What the steps of a queue share. Script.java puts this text before each of them.
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
-- ARGV[1]  microseconds to add to the server's clock: 0, except in tests
-- ARGV[2]  how long an event is kept, ms
-- ARGV[3]  after how long unseen a device is forgotten, ms
-- ARGV[4]  how long a resend is recognised, ms
--
-- Lua's numbers are doubles: Seqs and microseconds are below 2^53 and exact, but only '%.0f' prints all their digits.
-- Each step touches the keys above and those that its own header names, all of one slot.

local call = redis.call

local function digits(number)
  return string.format('%.0f', number)
end

-- The server's time: microseconds, and whole milliseconds.
local function clock()
  local time = call('TIME')
  local micros = time[1] * 1000000 + time[2] + ARGV[1]
  return micros, math.floor(micros / 1000)
end

-- How often the keys' expiry is renewed at most, and when they expire, in ms: later than anything that they hold.
local function lifetime()
  local longest = math.max(tonumber(ARGV[2]), tonumber(ARGV[3]), 2 * ARGV[4])
  local renewal = math.ceil(longest / 30)
  return renewal, longest + 2 * renewal
end

local function expire(key)
  local _, ttl = lifetime()
  call('PEXPIRE', key, digits(ttl))
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
  local value = digits(device.cursor) .. ':' .. digits(device.generation) .. ':' .. digits(device.seen)
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
    call('HSET', KEYS[2], 'due', digits(time))
  end
end

-- What time does: old events go, devices unseen for long are forgotten, the keys' expiry is put off. Returns when
-- upkeep is due again.
local function upkeep(millis, next)
  local max_age, device_age = tonumber(ARGV[2]), tonumber(ARGV[3])
  -- First, since Redis without memory refuses an HSET only as long as a script has written nothing.
  expire(KEYS[2])
  expire(KEYS[1])
  expire(KEYS[3])
  local due = millis + lifetime()
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
  call('HSET', KEYS[2], 'due', digits(due))
  return due
end

-- Makes a queue where there is none. Its first Seq is the time in microseconds, which grows faster than any queue, so
-- that no Seq comes twice, not even after the server lost its data. Returns when upkeep is due.
local function create(micros, millis)
  -- What is left of a queue whose KEYS[2] is gone has no Seqs any more.
  call('UNLINK', KEYS[1], KEYS[3])
  local due = millis + lifetime()
  call('HSET', KEYS[2], 'next', digits(micros), 'due', digits(due))
  expire(KEYS[2])
  return due
end
