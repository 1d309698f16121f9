#!lua
-- Links an edit or a reaction at the tail, unless it is a resend. An edit of a deleted message becomes an empty event;
-- of another edit the bucket remembers the position, up to a number, so that a deletion finds it without a search.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1..7]  see append.lua; one event
-- ARGV[8]  the JSON of an empty event, as in the list
-- ARGV[9]  for an edit the name of its message in this queue, as append.lua would take it; empty for a reaction
-- Reply    see append.lua

local message, empty = table.remove(ARGV), table.remove(ARGV)
local noted = message ~= ''
if noted then
  local known = redis.call('HGET', KEYS[3], message) or redis.call('HGET', KEYS[4], message)
  if known and string.sub(known, 14, 29) == string.rep('\0', 16) then
    ARGV[7] = string.sub(ARGV[7], 1, 13) .. empty
    noted = false
  end
end

local function append()
  -- include append-all.lua
end

local reply = append()
if noted then
  local seq, time = nil, string.sub(ARGV[7], 1, 13)
  if type(reply) == 'number' then
    seq = struct.unpack('>I7', ARGV[2])
  elseif #reply < 7 then
    seq = reply[2]
  elseif reply[7] == 0 then
    seq, time = reply[8], reply[9]
  end
  if seq then
    local before = redis.call('HGET', KEYS[3], message .. 'e') or ''
    -- A message with more edits than these is searched in the whole list when it is deleted.
    if #before <= 13 * math.min(32, string.match(ARGV[3], '^%S+ %S+ %S+ %S+ %S+ (%d+)') - 1) then
      redis.call('HSET', KEYS[3], message .. 'e', before .. struct.pack('>I7I6', seq, tonumber(time)))
    end
  end
end
return reply
