#!lua
-- Links one amendment at the tail, unless it is a resend. A deletion first takes the content of its message out of the
-- list, and remembers that the message is deleted: an append or a restore that comes later does not bring it back.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1..7]  see append.lua; one event
-- ARGV[8]  d for a deletion, e for an edit, - for another amendment
-- ARGV[9]  the name of its message in this queue, as append.lua would take it
-- ARGV[10]  the beginning of the JSON of this message, up to its MsgID
-- ARGV[11]  the beginning of the JSON of its edits, up to the recipient or the room
-- ARGV[12]  the message in the JSON of its edits, from "About" on
-- ARGV[13]  the JSON of an empty event, as in the list
-- ARGV[14]  the JSON of DeletedBy, with a comma before it; empty for none
-- Reply    see append.lua
--
-- The list is searched from its tail to the message, and only for a deletion. An edit of a deleted message becomes an
-- empty event.

local deleted_by, empty, about = table.remove(ARGV), table.remove(ARGV), table.remove(ARGV)
local edit, message, target, kind = table.remove(ARGV), table.remove(ARGV), table.remove(ARGV), table.remove(ARGV)
local now = tonumber(string.sub(ARGV[7], 1, 13))
local deleted = string.rep('\0', 16)
local recent = redis.call('HGET', KEYS[3], target)
local known = recent or redis.call('HGET', KEYS[4], target)

-- Takes the last field off the JSON, if it has this form; returns the JSON, and the field or an empty text.
local function cut(json, field)
  local start = string.find(json, field .. '$')
  return start and string.sub(json, 1, start - 1) or json, start and string.sub(json, start) or ''
end

-- What is left of the message: its fields before and behind the content.
local function rest_of(event)
  local own, logged, device = cut(event, ',"SentDigest":"[%w_-]*"')
  own, logged = cut(own, ',"LoggedAt":%d+')
  own = cut(own, ',"SentDigest":"[%w_-]*"')
  own, device = cut(own, ',"FromDevice":"[^"]*"')
  local sent = string.match(event, '^"Timestamp":%d+', 14 + #message)
  local at = string.match(ARGV[7], '"LoggedAt":(%d+)$') or string.format('%.0f', now)
  return string.sub(event, 1, 13) .. message .. sent .. ',"Text":"","DeletedAt":' .. at .. deleted_by .. device .. logged
end

local function is_edit(event)
  local start = string.sub(event, 14, 13 + #edit) == edit and string.find(event, '"About":', 14, true)
  return start and string.sub(event, start, start + #about - 1) == about
end

if kind == 'd' then
  local stop, found, replaced = redis.call('LLEN', KEYS[1]), false, false
  while stop > 0 and not found do
    local start = math.max(stop - 500, 0)
    for offset, event in ipairs(redis.call('LRANGE', KEYS[1], start, stop - 1)) do
      local other
      if string.sub(event, 14, 13 + #message) == message then
        found = true
        other = rest_of(event)
      elseif is_edit(event) then
        other = string.sub(event, 1, 13) .. empty
      end
      if other then
        redis.call('LSET', KEYS[1], start + offset - 1, other)
        replaced = true
      end
    end
    stop = start
  end
  if replaced then
    -- The bytes are counted anew.
    redis.call('HDEL', KEYS[2], 'b')
  end
  local entry = (known and string.sub(known, 1, 13) or struct.pack('>I7I6', 0, now)) .. deleted
    .. string.sub(known or '', 30)
  if known and not recent then
    redis.call('HSET', KEYS[4], target, entry)
  else
    redis.call('HSET', KEYS[3], target, entry)
    if redis.call('HLEN', KEYS[3]) == 1 then
      redis.call('PEXPIRE', KEYS[3], 2 * string.match(ARGV[3], '^%S+ %S+ %S+ %S+ (%d+)'))
    end
  end
elseif kind == 'e' and known and string.sub(known, 14, 29) == deleted then
  ARGV[7] = string.sub(ARGV[7], 1, 13) .. empty
end

-- include append-all.lua
