#!lua
-- Second step of creating a room: creates it with its first members, unless its id was used before.
--
-- KEYS[1]  HASH  the room, see shared.lua
-- ARGV[1]  the display name
-- ARGV[2]  1 if it is open, or else 0
-- ARGV[3]  the time of creation, ms
-- ARGV[4]  how many of the members are owners
-- ARGV[5..]  for each member: the user, the ticket of this change in the user's list, O or M, 'time-of-joining added-by'
-- Reply    {outcome, last, name, record, ...}
--            outcome  'changed' if this call created the room; 'unchanged' if the id was used before; 'stale' if a later
--                     change was here first: repeat with tickets above last
--            last     see outcome
--            name     the room's name, empty if it has ended
--            record   for each of these users the record, empty for a user who is not a member

local call = redis.call
local found = call('HMGET', KEYS[1], ':name', ':created', ':fence', ':ended', ARGV[5])
local name, created, fence, ended, first = found[1], found[2], tonumber(found[3]) or 0, found[4], found[5]

local function record(i)
  return ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ' ' .. ARGV[i + 3]
end

local function least_ticket()
  local least = tonumber(ARGV[6])
  for i = 10, #ARGV, 4 do
    least = math.min(least, tonumber(ARGV[i]))
  end
  return least
end

-- As in shared.lua: no change with a lower ticket takes effect for these users any more.
local function keep_late_changes_out()
  for i = 5, #ARGV, 4 do
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
if not name and not ended then
  if least_ticket() <= fence then
    return {'stale', fence}
  end
  -- With its expiry.
  call('UNLINK', KEYS[1])
  call('HSET', KEYS[1], ':name', ARGV[1], ':open', ARGV[2], ':created', ARGV[3], ':owners', ARGV[4])
  call('HSET', KEYS[1], ':fence', string.format('%.0f', fence))
  for i = 5, #ARGV, 4 do
    call('HSET', KEYS[1], ARGV[i], record(i))
  end
  outcome = 'changed'
elseif name == ARGV[1] and created == ARGV[3] and first == record(5) then
  -- After a lost connection this same step may run twice.
  outcome = 'changed'
elseif name then
  keep_late_changes_out()
end

local reply = {outcome, fence, call('HGET', KEYS[1], ':name') or ''}
for i = 5, #ARGV, 4 do
  reply[#reply + 1] = call('HGET', KEYS[1], ARGV[i]) or ''
end
return reply
