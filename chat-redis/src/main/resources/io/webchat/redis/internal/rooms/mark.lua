#!lua flags=allow-oom
-- First step of a change: marks the room in the user's list as changing. Readers then ask the room itself.
--
-- KEYS[1]  HASH  the user's list: room -> 'ticket' of a change that is under way, or 'ticket role
--                time-of-joining added-by name', see shared.lua
-- ARGV[1]  the room
-- ARGV[2]  a ticket that the new one must exceed; 0 for none
-- Reply    the ticket of this change: microseconds; it exceeds all earlier tickets of this entry
--
-- Allowed on a server without memory left, because a removal begins with it too.

local call = redis.call
local now = call('TIME')
local entry = call('HGET', KEYS[1], ARGV[1])
local last = entry and tonumber(string.match(entry, '^%d+')) or 0
local ticket = math.max(now[1] * 1000000 + now[2], last + 1, ARGV[2] + 1)
call('HSET', KEYS[1], ARGV[1], string.format('%.0f', ticket))
return ticket
