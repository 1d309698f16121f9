#!lua
-- Second step of adding a member or of changing a role.
--
-- KEYS[1], ARGV[1..2]  see shared.lua
-- ARGV[3]  the role: O for an owner, M for a member, R for a reader
-- ARGV[4]  'time-of-joining added-by'; those of a member stay
-- ARGV[5]  how many members the room may have
-- ARGV[6..8]  the id and the text of a note, and how many notes are kept; the id is empty for none
-- Reply    see shared.lua; also 'full', and 'last_owner' for the only owner, who stays one

-- include shared.lua

if not title then
  return missing()
end
if ticket <= last then
  -- After a lost connection this same step may run twice.
  return answer(ticket == last and role == ARGV[3] and 'changed' or 'stale')
end
if not role then
  if call('HLEN', KEYS[1]) - FIELDS >= tonumber(ARGV[5]) then
    raise_fence()
    return answer('full')
  end
  keep(ARGV[3], ARGV[4])
elseif role == ARGV[3] then
  keep(role, joined)
  return answer('unchanged')
elseif role == 'O' and owners == 1 then
  keep(role, joined)
  return answer('last_owner')
else
  keep(ARGV[3], joined)
end
if ARGV[3] == 'O' then
  call('HSET', KEYS[1], ':owners', owners + 1)
elseif role == 'O' then
  call('HSET', KEYS[1], ':owners', owners - 1)
end
add_note(ARGV[6], ARGV[7], ARGV[8])
return answer('changed')
