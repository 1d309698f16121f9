#!lua flags=allow-oom
-- Takes another part of the content of a deleted message out of the list; see delete.lua.
--
-- KEYS[1..5]  see delete.lua
-- ARGV[1]  the numbers of shared.lua
-- ARGV[2]  the deletion, as in the list
-- ARGV[3..8]  ARGV[8..13] of delete.lua
-- Reply    1 where content is left, else 0

local numbers, deletion = ARGV[1], ARGV[2]
local empty, target, message, edit, about, deleted_by = unpack(ARGV, 3)
-- include delete-content.lua
return left and 1 or 0
