#!lua flags=allow-oom
-- Removes a note of a room.
--
-- KEYS[1]  HASH  the room, see shared.lua
-- ARGV[1]  the id of the note
-- Reply    1 if the note was there, or else 0
--
-- Allowed on a server without memory left, because it frees some.

local call = redis.call
local notes = '\n' .. (call('HGET', KEYS[1], ':notes') or '')
local from = string.find(notes, '\n' .. ARGV[1] .. ' ', 1, true)
if not from then
  return 0
end
local to = string.find(notes, '\n', from + 1, true)
call('HSET', KEYS[1], ':notes', string.sub(notes, 2, from) .. string.sub(notes, to + 1))
return 1
