-- The part of a deletion that is done once for each message. It expects the variables of delete.lua.
--
-- The entries of the message and of its edits tell their positions. The list is searched only for a message that has no
-- entry, and only as far as the buckets do not know the list. So the work does not grow with the events that wait.

local state = redis.call('HMGET', KEYS[2], 'f', 's', 'b', 'k')
local epoch = string.match(state[1] or '', '^2:%w+:(%d+)')
local last = epoch and redis.call('HGET', KEYS[2], state[1])
local length = last and redis.call('LLEN', KEYS[1]) or 0
local first = (last or 0) - length + 1
local bytes, counted = string.match(state[3] or '', '^(%d+) (%d+)$')

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
    and rest_of_message(event, message, ARGV[7], deleted_by)
  return rest and rest ~= event and rest or nil
end

local function replace(index, event, rest)
  redis.call('LSET', KEYS[1], index, rest)
  if bytes and first + index <= tonumber(counted) then
    bytes = bytes + #rest - #event
  end
end

-- Replaces the event that an entry of this Seq and time is about, if it waits.
local function replace_at(seq, time)
  local index = seq - first
  local event = index >= 0 and index < length and redis.call('LINDEX', KEYS[1], index)
  local rest = event and rest_of(event)
  if not rest and seq < tonumber(epoch) then
    -- Of an earlier epoch: its Seq has changed since, its time has not. Times never fall along the list.
    local old, young = 0, length
    while old < young do
      local middle = math.floor((old + young) / 2)
      if tonumber(string.sub(redis.call('LINDEX', KEYS[1], middle), 1, 13)) < time then
        old = middle + 1
      else
        young = middle
      end
    end
    index, event = old, redis.call('LINDEX', KEYS[1], old)
    while event and tonumber(string.sub(event, 1, 13)) == time do
      rest = rest_of(event)
      if rest then
        break
      end
      index = index + 1
      event = redis.call('LINDEX', KEYS[1], index)
    end
  end
  if rest then
    replace(index, event, rest)
  end
end

local edits = (before[2] or '') .. (recent[2] or '')
for at = 1, length > 0 and #edits or 0, 13 do
  replace_at(struct.unpack('>I7I6', edits, at))
end

if known and length > 0 then
  local seq, time = struct.unpack('>I7I6', known)
  replace_at(seq, #known > 35 and struct.unpack('>I6', known, 36) or time)
elseif not known then
  local older, newer = string.match(state[4] or '0 0', '^(%d+) (%d+)$')
  local fresh = redis.call('HLEN', KEYS[3]) == 0
  if fresh then
    -- A bucket is gone, so any event may be unknown.
    older, newer = first + length, first + length
  end
  local from = redis.call('HLEN', KEYS[4]) > 0 and older or newer
  local unknown = math.min(from - first, length)
  for start = 0, unknown - 1, 500 do
    local stop = math.min(start + 499, unknown - 1)
    for offset, event in ipairs(redis.call('LRANGE', KEYS[1], start, stop)) do
      local rest = rest_of(event)
      if rest then
        replace(start + offset - 1, event, rest)
      end
    end
  end
  if fresh and last then
    redis.call('HSET', KEYS[2], 'k', string.format('%.0f %.0f', older, newer))
  end
end
if bytes and length > 0 then
  redis.call('HSET', KEYS[2], 'b', string.format('%.0f %.0f', bytes, counted))
end

local now = tonumber(string.sub(ARGV[7], 1, 13))
local entry = (known and string.sub(known, 1, 13) or struct.pack('>I7I6', 0, now)) .. deleted
  .. string.sub(known or '', 30)
if known and not recent[1] then
  redis.call('HSET', KEYS[4], target, entry)
else
  redis.call('HSET', KEYS[3], target, entry)
  if not known and redis.call('HLEN', KEYS[3]) == 1 then
    redis.call('PEXPIRE', KEYS[3], 2 * string.match(ARGV[3], '^%S+ %S+ %S+ %S+ (%d+)'))
  end
end
