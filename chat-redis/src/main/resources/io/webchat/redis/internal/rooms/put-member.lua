-- The second step of adding a member or of changing a role: see put.lua.

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
