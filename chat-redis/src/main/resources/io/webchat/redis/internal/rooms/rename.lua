#!lua
-- Gives a room another display name. The lists of its members are refreshed afterwards.
--
-- KEYS[1]  HASH  the room, see shared.lua
-- ARGV[1]  the display name
-- Reply    1, or 0 if there is no such room
--
-- A repetition writes too: WAIT waits only for what its own connection wrote.

local call = redis.call
if not call('HGET', KEYS[1], ':name') then
  return 0
end
call('HSET', KEYS[1], ':name', ARGV[1])
return 1
