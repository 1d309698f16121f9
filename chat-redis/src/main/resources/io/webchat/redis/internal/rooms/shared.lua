-- The state that a change of one member depends on. LuaScript.java puts this text where a step includes it.
--
-- KEYS[1]  HASH  the room
--                  :title    'picture name': the address of the picture, or - for none, and the display name
--                  :data     the JSON of the application
--                  :join     the role of users who join: M or R
--                  :notes    'id text' and a line break for each note of a change, the oldest first
--                  :open     1, or 0
--                  :created  time of creation, ms
--                  :owners   how many owners it has
--                  :fence    a change of a user who is not a member comes too late with this ticket or a lower one
--                  user      'ticket role time-of-joining added-by' of each member: the ticket of the last change, O, M or R for an
--                            owner, a member or a reader, ms,
--                            the user who added the member or - for the member
--                A room that has ended has only :ended, so that its id is not used again. A room that was not created
--                yet has at most :fence, for an hour.
-- ARGV[1]  the user
-- ARGV[2]  the ticket of the change, from mark.lua
-- Reply    {outcome, last, title, record}
--            outcome  'changed'; 'unchanged'; 'stale': a later change was here first, repeat with a ticket above last;
--                     'missing': there is no such room; and those in the header of the step
--            last     the ticket that a further change has to exceed
--            title    the room's :title, empty if there is no such room
--            record   the user's record after the step, empty if the user is not a member
--
-- After a step no change with a lower ticket takes effect for this user, however late it arrives. So the step may tell
-- what the user's list must hold.

local call = redis.call
local FIELDS = 8
-- No command arrives as late as this.
local HOUR = 3600000
local found = call('HMGET', KEYS[1], ':title', ':owners', ':fence', ':ended', ARGV[1])
local title, owners, fence, ended, record = found[1], tonumber(found[2]), tonumber(found[3]) or 0, found[4], found[5]
local ticket = tonumber(ARGV[2])
local last, role, joined = string.match(record or '', '^(%d+) (%u) (.*)$')
last = tonumber(last) or fence

local function answer(outcome)
  return {outcome, last, title or '', record or ''}
end

-- include notes.lua

-- Stores the member, as of this change.
local function keep(new_role, new_joined)
  record = ARGV[2] .. ' ' .. new_role .. ' ' .. new_joined
  call('HSET', KEYS[1], ARGV[1], record)
end

-- Keeps late changes of users who are not members out.
local function raise_fence()
  if ticket > fence then
    call('HSET', KEYS[1], ':fence', ARGV[2])
  end
end

-- There is no room. Its creation may be under way with this user, or come late.
local function missing()
  if not ended then
    raise_fence()
    call('PEXPIRE', KEYS[1], HOUR)
  end
  return answer('missing')
end
