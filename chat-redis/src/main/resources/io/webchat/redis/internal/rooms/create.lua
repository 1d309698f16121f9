#!lua
-- Second step of creating a room: creates it with its first members, unless its id was used before.
--
-- KEYS[1]  HASH  the room, see shared.lua
-- ARGV[1]  the display name
-- ARGV[2]  1 if it is open, or else 0
-- ARGV[3]  the time of creation, ms
-- ARGV[4]  how many of the members are owners
-- ARGV[5..]  for each member: the user, the ticket of this change in the user's list, O or M, the time of joining
-- Reply    {1 or 0, name, record, ...}: 1 if this call created the room; the room's name, empty if it has ended; and for
--          each of these users the record, empty for a user who is not a member

local call = redis.call

local function record(i)
  return ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ' ' .. ARGV[i + 3]
end

-- As in shared.lua: no change with a lower ticket takes effect for these users any more.
local function refuse_late(fence)
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

local there = call('HMGET', KEYS[1], ':name', ':created', ARGV[5], ':fence')
local created = 1
if not there[4] then
  local now = call('TIME')
  call('HSET', KEYS[1], ':name', ARGV[1], ':open', ARGV[2], ':created', ARGV[3], ':owners', ARGV[4])
  -- Changes that began before the room existed have not seen it.
  call('HSET', KEYS[1], ':fence', string.format('%.0f', now[1] * 1000000 + now[2]))
  for i = 5, #ARGV, 4 do
    call('HSET', KEYS[1], ARGV[i], record(i))
  end
elseif there[1] ~= ARGV[1] or there[2] ~= ARGV[3] or there[3] ~= record(5) then
  -- Otherwise this same call, which runs twice after a lost connection, has created it.
  created = 0
  refuse_late(tonumber(there[4]))
end

local reply = {created, call('HGET', KEYS[1], ':name') or ''}
for i = 5, #ARGV, 4 do
  reply[#reply + 1] = call('HGET', KEYS[1], ARGV[i]) or ''
end
return reply
