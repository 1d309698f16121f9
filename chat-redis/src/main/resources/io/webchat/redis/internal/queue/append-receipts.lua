#!lua flags=allow-oom
-- Links receipts at the tail, and publishes them. As append.lua, but receipts only grow, so that a repeated one does no
-- harm and none is remembered.
--
-- KEYS[1..4], ARGV[1..4], Reply  see append.lua
-- ARGV[5..]  the receipts, as in the list
--
-- A server without memory left takes this step too: the reader of a message stores the receipt before the queue may
-- forget the message, and that frees more than the receipt takes.

local call, pack = redis.call, struct.pack
local width, count = 1, #ARGV - 4
-- include append-begin.lua

if not usual then
  -- include append-slowly.lua
end

local events = ARGV[5]
local length
if count == 1 then
  length = call('RPUSH', KEYS[1], events)
else
  length = call('RPUSH', KEYS[1], unpack(ARGV, 5))
  events = table.concat(ARGV, '\n', 5)
end
-- include append-end.lua
