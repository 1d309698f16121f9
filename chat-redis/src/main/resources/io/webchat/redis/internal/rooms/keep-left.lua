#!lua flags=allow-oom
-- Remembers that a user has left a room, or that an invitation has ended.
--
-- KEYS[1]  HASH  the consents of the user
-- ARGV[1]  the room
-- ARGV[2]  the consent, as RoomConsents writes it
-- Reply    1
--
-- Allowed on a server without memory left, because a removal, which frees some, begins with it.

redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
