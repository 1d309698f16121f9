#!lua flags=allow-oom
-- Takes the content of a message and of its edits out of the list, remembers that the message is deleted, and links the
-- deletion at the tail, unless it is a resend. An append or a restore that comes later does not bring the content back.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1..7]  see append.lua; one event
-- ARGV[8]  the JSON of an empty event, as in the list
-- ARGV[9]  the name of its message in this queue, as append.lua would take it
-- ARGV[10]  the beginning of the JSON of this message, up to its MsgID
-- ARGV[11]  the beginning of the JSON of its edits, up to the recipient or the room
-- ARGV[12]  the message in the JSON of its edits, from "About" on
-- ARGV[13]  the JSON of DeletedBy, with a comma before it; empty for none
-- Reply    see append.lua
--
-- A server without memory left takes this step too: the content takes more than the deletion.

-- include format.lua
check_format(redis.call('HGET', KEYS[2], 'f'))

local deleted_by, about, edit = table.remove(ARGV), table.remove(ARGV), table.remove(ARGV)
local message, target, empty = table.remove(ARGV), table.remove(ARGV), table.remove(ARGV)
local recent = redis.call('HMGET', KEYS[3], target, target .. 'e')
local before = redis.call('HMGET', KEYS[4], target, target .. 'e')
local known = recent[1] or before[1]
local deleted = string.rep('\0', 16)

if not known or string.sub(known, 14, 29) ~= deleted then
  -- include delete-content.lua
end

-- include append-all.lua
