-- Notes of changes, in the field :notes of a room. LuaScript.java puts this text where a step includes it.
--
-- KEYS[1]  HASH  the room, see shared.lua

-- Adds a note, unless it is empty or there already: after a lost connection a step may run twice. Drops the oldest of
-- too many.
local function add_note(id, text, most)
  if id == '' then
    return
  end
  local notes = redis.call('HGET', KEYS[1], ':notes') or ''
  if string.find('\n' .. notes, '\n' .. id .. ' ', 1, true) then
    return
  end
  notes = notes .. id .. ' ' .. text .. '\n'
  local _, count = string.gsub(notes, '\n', '\n')
  while count > tonumber(most) do
    notes = string.sub(notes, string.find(notes, '\n', 1, true) + 1)
    count = count - 1
  end
  redis.call('HSET', KEYS[1], ':notes', notes)
end
