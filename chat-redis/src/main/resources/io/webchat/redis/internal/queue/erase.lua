#!lua flags=allow-oom
-- Replaces the events of one author by empty ones, which keep their Seqs and times.
--
-- KEYS[1..2]  see shared.lua
-- ARGV[1]  the JSON of an empty event, as in the list
-- ARGV[2..]  the beginnings of the JSON of the author's events
-- Reply    the number of replaced events

local call = redis.call
local replaced = 0
-- include format.lua

check_format(call('HGET', KEYS[2], 'f'))

local function is_of_author(event)
  for i = 2, #ARGV do
    if string.sub(event, 14, 13 + #ARGV[i]) == ARGV[i] then
      return true
    end
  end
  return false
end

for start = 0, call('LLEN', KEYS[1]) - 1, 500 do
  for offset, event in ipairs(call('LRANGE', KEYS[1], start, start + 499)) do
    if is_of_author(event) then
      call('LSET', KEYS[1], start + offset - 1, string.sub(event, 1, 13) .. ARGV[1])
      replaced = replaced + 1
    end
  end
end
if replaced > 0 then
  -- The bytes are counted anew.
  call('HDEL', KEYS[2], 'b')
end
return replaced
