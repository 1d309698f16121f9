#!lua flags=allow-oom
-- Second step of changing the role of a member in a room that takes no further members. As put.lua, but a server without
-- memory left takes this step too: the last owner who leaves hands the room to another member first.
--
-- KEYS[1], ARGV, Reply  see put.lua

-- include put-member.lua
