#!lua flags=allow-oom
-- Stands in for the second step of a change that was given up: tells the user's record, and keeps the change out if it
-- still comes.
--
-- KEYS[1], ARGV[1..2]  see shared.lua
-- Reply    see shared.lua

-- include shared.lua

if not title then
  return missing()
end
if role and ticket > last then
  keep(role, joined)
elseif not role then
  raise_fence()
end
return answer('unchanged')
