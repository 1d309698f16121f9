#!lua flags=allow-oom
-- Remembers that a message is deleted, takes its content and that of its edits out of the list, and links the deletion
-- at the tail, unless it is a resend. An append or a restore that comes later does not bring the content back.
--
-- KEYS[1..4]  see shared.lua
-- KEYS[5]  see delete-content.lua
-- ARGV[1..7]  see append.lua; one event
-- ARGV[8]  the JSON of an empty event, as in the list
-- ARGV[9]  the name of its message in this queue, as append.lua would take it
-- ARGV[10]  the beginning of the JSON of this message, up to its MsgID
-- ARGV[11]  the beginning of the JSON of its edits, up to the recipient or the room
-- ARGV[12]  the message in the JSON of its edits, from "About" on
-- ARGV[13]  the JSON of DeletedBy, with a comma before it; empty for none
-- Reply    that of append.lua; {that, 1} where content is left, which delete-rest.lua takes out
--
-- A server without memory left takes this step too: the content takes more than the deletion.

local numbers, deletion = ARGV[3], ARGV[7]
local empty, target, message, edit, about, deleted_by = unpack(ARGV, 8)
for _ = 8, 13 do
  table.remove(ARGV)
end
-- include delete-content.lua

local function append()
  -- include append-all.lua
end

local reply = append()
return left and {reply, 1} or reply
