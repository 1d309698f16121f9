#!lua
-- Replaces a text of the application, if it is the expected one.
--
-- KEYS[1]  STRING  the text
-- ARGV[1]  the expected text
-- ARGV[2]  the new text
-- Reply    1 if the new text is there, also after a repetition; 0 if there is another text, or none
--
-- A repetition writes too: WAIT waits only for what its own connection wrote.

local call = redis.call
local there = call('GET', KEYS[1])
if there ~= ARGV[1] and there ~= ARGV[2] then
  return 0
end
call('SET', KEYS[1], ARGV[2])
return 1
