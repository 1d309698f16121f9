#!lua
-- Links an edit or a reaction at the tail, unless it is a resend. An edit of a deleted message becomes an empty event;
-- of another edit the bucket remembers the position, so that a deletion finds it without a search.
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
    if #before >= 13 * string.match(ARGV[3], '^%S+ %S+ %S+ %S+ %S+ (%d+)') then
      -- The list holds no more events than this. Edits older than its head are gone from it; those noted first need not
      -- be the oldest, because a restore links older ones later.
      local head = tonumber(string.sub(redis.call('LINDEX', KEYS[1], 0), 1, 13))
      local from = 1
      while from < #before and struct.unpack('>I6', before, from + 7) < head do
        from = from + 13
      end
      before = string.sub(before, from)
    end
    redis.call('HSET', KEYS[3], message .. 'e', before .. struct.pack('>I7I6', seq, tonumber(time)))
  end
end
return reply
