-- A part of the work of a deletion. It expects the variables that delete.lua sets first, and sets left: whether another
-- part must follow. A part handles about 100 events, so that Redis serves others between two parts. It may be repeated.
--
-- The entries of the message and of its edits in the buckets tell their positions. For a message without an entry, or
-- with more edits than the entries tell, an index tells them. It is made when such a message is deleted, and knows the
-- events that the buckets do not know, or all. So each event is looked at once for many deletions. While content is
-- left, the bucket of the message has one more entry: its name and d -> 1 where the index is for events that the buckets
-- do not know, 2 where it must hold the whole list.
--
-- KEYS[5]  HASH  the index, which lives for an hour after it was used:
--                  r           counter upto: the index holds the events below this Seq, as long as the queue has this
--                              counter: another epoch or a restore moves events
--                  <digest>    of the parties and the id of a message -> how many further parts its entries have (2
--                              bytes), and the last part: for the message and each edit in the list its Seq (7 bytes)
--                              and its time (6 bytes)
--                  the digest and a number -> such a part

local left = false
local recent = redis.call('HMGET', KEYS[3], target, target .. 'e', target .. 'd')
local before = redis.call('HMGET', KEYS[4], target, target .. 'e', target .. 'd')
local known = recent[1] or before[1]
local unfinished = recent[3] or before[3]
local deleted = string.rep('\0', 16)
local is_deleted = known and string.sub(known, 14, 29) == deleted

-- Redis makes a function anew whenever a script gets there, and most deletions that are repeated have nothing to do.
local function take_out()
  local state = redis.call('HMGET', KEYS[2], 'f', 's', 'b', 'k')
  -- include format.lua
  check_format(state[1])
  local epoch = string.match(state[1] or '', '^2:%w+:(%d+)')
  local last = epoch and redis.call('HGET', KEYS[2], state[1])
  local length = last and redis.call('LLEN', KEYS[1]) or 0
  local first = (last or 0) - length + 1
  local bytes, counted = string.match(state[3] or '', '^(%d+) (%d+)$')
  local scope = unfinished or known and '0' or '1'
  -- As many events may be looked at, and a few more.
  local capacity = 100

  -- include rest-of-message.lua

  local function is_edit(event)
    local start = string.sub(event, 14, 13 + #edit) == edit and string.find(event, '"About":', 14, true)
    return start and string.sub(event, start, start + #about - 1) == about
  end

  -- What is left of an event that has content of the message. Nil for another event.
  local function rest_of(event)
    if is_edit(event) then
      return string.sub(event, 1, 13) .. empty
    end
    local rest = string.sub(event, 14, 13 + #message) == message
      and rest_of_message(event, message, deletion, deleted_by)
    return rest and rest ~= event and rest or nil
  end

  local function replace(index, event, rest)
    redis.call('LSET', KEYS[1], index, rest)
    if bytes and first + index <= tonumber(counted) then
      bytes = bytes + #rest - #event
    end
  end

  -- Replaces the event at this index, if it waits and has content; returns whether it did.
  local function replace_at(index)
    local event = index >= 0 and index < length and redis.call('LINDEX', KEYS[1], index)
    local rest = event and rest_of(event)
    if rest then
      replace(index, event, rest)
    end
    return rest
  end

  -- Replaces the event of an earlier epoch: its Seq has changed since, its time has not. Times never fall along the
  -- list.
  local function replace_of(time)
    local old, young = 0, length
    while old < young do
      local middle = math.floor((old + young) / 2)
      if tonumber(string.sub(redis.call('LINDEX', KEYS[1], middle), 1, 13)) < time then
        old = middle + 1
      else
        young = middle
      end
    end
    for index = old, math.min(old + 16, length) - 1 do
      if replace_at(index) then
        return
      end
      local event = redis.call('LINDEX', KEYS[1], index)
      if tonumber(string.sub(event, 1, 13)) > time then
        return
      end
    end
    -- Many events may have one time after a restore.
    scope = old + 16 < length and '2' or scope
  end

  -- Replaces the events of these entries.
  local function replace_all(entries)
    for at = 1, length > 0 and #entries or 0, 13 do
      local seq, time = struct.unpack('>I7I6', entries, at)
      capacity = capacity - 1
      if not replace_at(seq - first) and seq < tonumber(epoch) then
        capacity = capacity - 2
        replace_of(time)
      end
    end
  end

  -- The name in the index of an event with content; nil for another event.
  local function name_of(event)
    local kind, parties, at = string.match(event, '^{"EvtType":"(%a+)",("From":"[^"]*","To":"[^"]*",)()', 14)
    if kind ~= 'message' and kind ~= 'edit' then
      return nil
    end
    local room = string.match(event, '^"Room":"[^"]*",', at) or ''
    local start, form = at + #room, '^"MsgID":"([^"]*)"'
    if kind == 'edit' then
      start, form = string.find(event, '"About":', start, true), '^"About":{"From":"[^"]*","MsgID":"([^"]*)"'
    end
    local id = start and string.match(event, form, start)
    return id and string.sub(redis.sha1hex(parties .. room .. id), 1, 20)
  end

  -- Adds events to the index, from this Seq on; returns the Seq behind the last one. Large events are fewer. One reply
  -- for several events would cost more: Redis copies a long reply for a script several times.
  local function add_to_index(from, to)
    local names, entries, size = {}, {}, 0
    while from < to and size < 131072 do
      local event = redis.call('LINDEX', KEYS[1], from - first)
      local name = name_of(event)
      if name and not entries[name] then
        names[#names + 1] = name
      end
      if name then
        entries[name] = (entries[name] or '') .. struct.pack('>I7I6', from, tonumber(string.sub(event, 1, 13)))
      end
      from = from + 1
      size = size + #event
    end
    local fields = {'r', string.format('%s %.0f', state[1], from)}
    local there = #names > 0 and redis.call('HMGET', KEYS[5], unpack(names)) or {}
    for i, name in ipairs(names) do
      local parts = 0
      if there[i] then
        parts = struct.unpack('>I2', there[i]) + 1
        fields[#fields + 1] = name .. parts
        fields[#fields + 1] = string.sub(there[i], 3)
      end
      fields[#fields + 1] = name
      fields[#fields + 1] = struct.pack('>I2', parts) .. entries[name]
    end
    redis.call('HSET', KEYS[5], unpack(fields))
    return from
  end

  -- Replaces the events of the message that the index knows, one part of them; returns whether that is all.
  local function replace_indexed()
    local id = string.match(message, '"MsgID":"([^"]*)",$')
    local name = string.sub(redis.sha1hex(string.sub(edit, 19) .. id), 1, 20)
    local entries = redis.call('HGET', KEYS[5], name)
    if not entries then
      return true
    end
    replace_all(string.sub(entries, 3))
    local parts = struct.unpack('>I2', entries)
    if parts > 0 then
      local before = redis.call('HGET', KEYS[5], name .. parts)
      redis.call('HSET', KEYS[5], name, struct.pack('>I2', parts - 1) .. before)
      redis.call('HDEL', KEYS[5], name .. parts)
    end
    return parts == 0
  end

  -- Replaces the events of the message below this Seq, as far as the capacity goes; returns whether that is all.
  local function search(below)
    local counter, upto = string.match(redis.call('HGET', KEYS[5], 'r') or '', '^(%S+) (%d+)$')
    if counter ~= state[1] then
      redis.call('UNLINK', KEYS[5])
      upto = first
    end
    upto = math.max(upto, first)
    if upto < below and capacity > 0 then
      local behind = add_to_index(upto, math.min(upto + capacity, below))
      capacity = capacity - (behind - upto)
      upto = behind
    end
    redis.call('PEXPIRE', KEYS[5], 3600000)
    return upto >= below and capacity > 0 and replace_indexed()
  end

  if known and not is_deleted then
    local time = #known > 35 and string.sub(known, 36, 41) or string.sub(known, 8, 13)
    replace_all(string.sub(known, 1, 7) .. time)
  end
  if not is_deleted then
    local noted = 13 * math.min(32, string.match(numbers, '^%S+ %S+ %S+ %S+ %S+ (%d+)') - 1)
    local edits, newer = before[2] or '', recent[2] or ''
    scope = (#edits > noted or #newer > noted) and '2' or scope
    replace_all(string.sub(edits, 1, 429))
    replace_all(string.sub(newer, 1, 429))
  end
  if scope ~= '0' then
    local older, newer = string.match(state[4] or '0 0', '^(%d+) (%d+)$')
    local fresh = not known and redis.call('HLEN', KEYS[3]) == 0
    if fresh then
      -- A bucket is gone, so any event may be unknown.
      older, newer = first + length, first + length
    end
    local below = first + length
    if scope == '1' then
      below = math.min(redis.call('HLEN', KEYS[4]) > 0 and older or newer, below)
    end
    if below > first then
      left = not search(below)
    end
    if fresh and last then
      redis.call('HSET', KEYS[2], 'k', string.format('%.0f %.0f', older, newer))
    end
  end
  if bytes and length > 0 then
    redis.call('HSET', KEYS[2], 'b', string.format('%.0f %.0f', bytes, counted))
  end

  local now = tonumber(string.sub(deletion, 1, 13))
  local entry = (known and string.sub(known, 1, 13) or struct.pack('>I7I6', 0, now)) .. deleted
    .. string.sub(known or '', 30)
  local in_recent = recent[1] or not known
  if not is_deleted and in_recent then
    redis.call('HSET', KEYS[3], target, entry)
    if not known and redis.call('HLEN', KEYS[3]) == 1 then
      redis.call('PEXPIRE', KEYS[3], 2 * string.match(numbers, '^%S+ %S+ %S+ %S+ (%d+)'))
    end
  elseif not is_deleted then
    redis.call('HSET', KEYS[4], target, entry)
  end
  if left and in_recent then
    redis.call('HSET', KEYS[3], target .. 'd', scope)
  elseif left then
    redis.call('HSET', KEYS[4], target .. 'd', scope)
  elseif unfinished then
    redis.call('HDEL', KEYS[3], target .. 'd')
    redis.call('HDEL', KEYS[4], target .. 'd')
  end
end

if not is_deleted or unfinished then
  take_out()
end
