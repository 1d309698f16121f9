#!lua
-- Second step of creating a room: creates it with its first members, unless its id was used before.
--
-- KEYS[1]  HASH  the room, see shared.lua
-- ARGV[1]  the :title, see shared.lua
-- ARGV[2]  the :data
-- ARGV[3]  the :join
-- ARGV[4]  1 if it is open, or else 0
-- ARGV[5]  the time of creation, ms
-- ARGV[6]  how many of the members are owners
-- ARGV[7..9]  the id and the text of a note, and how many notes are kept; the id is empty for none
-- ARGV[10..]  for each member: the user, the ticket of this change in the user's list, the role, 'time-of-joining added-by'
-- Reply    {outcome, last, title, record, ...}
--            outcome  'changed' if this call created the room; 'unchanged' if the id was used before; 'stale' if a later
--                     change was here first: repeat with tickets above last
--            last     see outcome
--            title    the room's :title, empty if it has ended
--            record   for each of these users the record, empty for a user who is not a member

local call = redis.call
local FIRST = 10
local found = call('HMGET', KEYS[1], ':title', ':created', ':fence', ':ended', ARGV[FIRST])
local title, created, fence, ended, first = found[1], found[2], tonumber(found[3]) or 0, found[4], found[5]

-- include notes.lua

local function record(i)
  return ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ' ' .. ARGV[i + 3]
end

local function least_ticket()
  local least = tonumber(ARGV[FIRST + 1])
  for i = FIRST + 5, #ARGV, 4 do
    least = math.min(least, tonumber(ARGV[i]))
  end
  return least
end

-- As in shared.lua: no change with a lower ticket takes effect for these users any more.
local function keep_late_changes_out()
  for i = FIRST, #ARGV, 4 do
    local ticket = tonumber(ARGV[i + 1])
    local last, rest = string.match(call('HGET', KEYS[1], ARGV[i]) or '', '^(%d+) (.*)$')
    if not last then
      fence = math.max(fence, ticket)
    elseif ticket > tonumber(last) then
      call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. ' ' .. rest)
    end
  end
  call('HSET', KEYS[1], ':fence', string.format('%.0f', fence))
end

local outcome = 'unchanged'
if not title and not ended then
  if least_ticket() <= fence then
    return {'stale', fence}
  end
  -- With its expiry.
  call('UNLINK', KEYS[1])
  call('HSET', KEYS[1], ':title', ARGV[1], ':data', ARGV[2], ':join', ARGV[3], ':open', ARGV[4], ':created', ARGV[5])
  call('HSET', KEYS[1], ':owners', ARGV[6], ':fence', string.format('%.0f', fence), ':notes', '')
  add_note(ARGV[7], ARGV[8], ARGV[9])
  for i = FIRST, #ARGV, 4 do
    call('HSET', KEYS[1], ARGV[i], record(i))
  end
  outcome = 'changed'
elseif title == ARGV[1] and created == ARGV[5] and first == record(FIRST) then
  -- After a lost connection this same step may run twice.
  outcome = 'changed'
elseif title then
  keep_late_changes_out()
end

local reply = {outcome, fence, call('HGET', KEYS[1], ':title') or ''}
for i = FIRST, #ARGV, 4 do
  reply[#reply + 1] = call('HGET', KEYS[1], ARGV[i]) or ''
end
return reply
