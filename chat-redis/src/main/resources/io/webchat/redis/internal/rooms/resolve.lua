#!lua flags=allow-oom
-- Stands in for the second step of a change that was given up: tells the user's record, and keeps the change out if it
-- still comes.
--
-- KEYS[1], ARGV[1..2]  see shared.lua
-- Reply    see shared.lua

-- include shared.lua

if name and ticket > last then
  if role then
    keep(role, joined)
  else
    raise_fence()
  end
end
return answer(name and 'unchanged' or 'missing')
