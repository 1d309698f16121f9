#!lua
-- Links messages at the tail, except resends. Assigns Seqs, remembers and publishes.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1]  the name of the counter as this node knows it; without the epoch where it does not know the queue
-- ARGV[2]  the last Seq that this node expects (7 bytes, big-endian); empty where it expects none
-- ARGV[3]  the numbers of shared.lua
-- ARGV[4]  p to publish, or -; how many events need no look at the bounds (2 bytes, big-endian); and s to take the long
--          way, where upkeep or a new bucket is due or an event is large
-- ARGV[5..]  for each event: its name (sender, recipient, MsgID and kind, digested); its time (6 bytes, ms) and content
--            (a digest of 16 bytes, or the rank of a receipt, one digit); itself, as in the list
-- Reply    the usual way: how many heard of them, -1 where nothing was published; {that, the last Seq, how many events
--          were removed} where another node wrote to the queue meanwhile, or where the bounds were looked at; six
--          elements where this node did not know the queue, and more where an event is a resend: see append-slowly.lua
--
-- A server without memory left refuses this step as a whole: that is what the first line, without a flag, asks for.
-- Each argument has its price, and so has each number that is read from text. The usual way of a message takes four
-- calls, one more to publish it, and one more for the first event of a list.

-- include append-all.lua
