-- Adds an event to a user's stream and publishes it, unless it is a resend.
--
-- KEYS[1]  STREAM, and the channel of the same name
-- KEYS[2]  STRING, there while a resend is to be recognised
-- ARGV[1]  kind, sender and MsgID, each followed by a space, and the event
-- Reply    the id of the entry; nil for a resend

if not redis.call('SET', KEYS[2], '', 'NX', 'EX', 86400) then
  return nil
end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', 10000, '*', 'e', ARGV[1])
redis.call('PUBLISH', KEYS[1], id .. ' ' .. ARGV[1])
return id
