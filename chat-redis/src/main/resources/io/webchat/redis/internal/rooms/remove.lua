#!lua flags=allow-oom
-- Second step of removing a member. A room without members has ended.
--
-- KEYS[1], ARGV[1..2]  see shared.lua
-- ARGV[3..5]  the id and the text of a note, and how many notes are kept; the id is empty for none
-- Reply    see shared.lua; also 'last_owner' for the only owner while there are other members
--
-- Allowed on a server without memory left, because it frees some.

-- include shared.lua

if not title then
  return missing()
end
if ticket <= last then
  -- After a lost connection this same step may run twice.
  return answer(ticket == last and not role and 'changed' or 'stale')
end
if not role then
  raise_fence()
  return answer('unchanged')
end
if call('HLEN', KEYS[1]) - FIELDS == 1 then
  call('UNLINK', KEYS[1])
  call('HSET', KEYS[1], ':ended', 1)
elseif role == 'O' and owners == 1 then
  keep(role, joined)
  return answer('last_owner')
else
  call('HDEL', KEYS[1], ARGV[1])
  raise_fence()
  if role == 'O' then
    call('HSET', KEYS[1], ':owners', owners - 1)
  end
  add_note(ARGV[3], ARGV[4], ARGV[5])
end
record = ''
return answer('changed')
