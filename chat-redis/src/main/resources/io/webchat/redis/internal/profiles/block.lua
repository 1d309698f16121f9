#!lua
-- Adds a user to those whom another user has blocked.
--
-- KEYS[1]  HASH  the blocked users -> 1
-- ARGV[1]  the user to block
-- ARGV[2]  how many users may be blocked
-- Reply    1, also for a user who is blocked already; 0 if there are too many others
--
-- A repetition writes too: WAIT waits only for what its own connection wrote.

local call = redis.call
if not call('HGET', KEYS[1], ARGV[1]) and call('HLEN', KEYS[1]) >= tonumber(ARGV[2]) then
  return 0
end
call('HSET', KEYS[1], ARGV[1], 1)
return 1
