#!lua flags=allow-oom
-- Links receipts at the tail, except those that add nothing to an earlier one. As append.lua, but a server without
-- memory left takes this step too: the reader of a message stores the receipt before the queue may forget the message,
-- and that frees more than the receipt takes.
--
-- KEYS[1..4], ARGV, Reply  see append.lua

-- include append-all.lua
