#!lua
-- Puts what was read from a store, or has just been written there, into a cache, unless something came in between.
--
-- KEYS[1]  STRING  what is cached; or the ticket of a write that is under way
-- ARGV[1]  the ticket of the write that has ended; empty where a read fills the cache, which it may where there is nothing
-- ARGV[2]  what to cache; empty where that is not known
-- ARGV[3]  how long it is cached, ms
-- ARGV[4]  how long nobody may fill the cache where writes have crossed, or where it is not known what they left, ms
-- Reply    1 where it is cached, 0 where not

local there = redis.call('GET', KEYS[1]) or ''
if there == ARGV[1] and ARGV[2] ~= '' then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return 1
end
if ARGV[1] ~= '' then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
end
return 0
