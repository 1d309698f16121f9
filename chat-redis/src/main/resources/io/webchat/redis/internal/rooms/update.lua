#!lua
-- Gives a room other details. The lists of its members are refreshed afterwards.
--
-- KEYS[1]  HASH  the room, see shared.lua
-- ARGV[1..4]  the display name, the picture, the :data and the :join; each is '=' and the value, or empty to leave it
-- ARGV[5..7]  the id and the text of a note, and how many notes are kept; the id is empty for none
-- Reply    2 if that changed anything, 1 if not, 0 if there is no such room
--
-- A repetition writes too: WAIT waits only for what its own connection wrote.

local call = redis.call
local found = call('HMGET', KEYS[1], ':title', ':data', ':join')
local title, data, join = found[1], found[2], found[3]
if not title then
  return 0
end

-- include notes.lua

local function value(argument, present)
  return argument == '' and present or string.sub(argument, 2)
end

local picture, name = string.match(title, '^(%S+) (.*)$')
local new_title = value(ARGV[2], picture) .. ' ' .. value(ARGV[1], name)
local new_data = value(ARGV[3], data)
local new_join = value(ARGV[4], join)
local changed = new_title ~= title or new_data ~= data or new_join ~= join
call('HSET', KEYS[1], ':title', new_title, ':data', new_data, ':join', new_join)
if changed then
  add_note(ARGV[5], ARGV[6], ARGV[7])
end
return changed and 2 or 1
