#!lua
-- Links messages at the tail, except resends. Assigns Seqs, remembers and publishes.
--
-- KEYS[1..4]  see shared.lua
-- ARGV[1]  the name of the counter as this node knows it; without the epoch where it does not know the queue
-- ARGV[2]  the last Seq that this node expects (7 bytes, big-endian); empty where it expects none
-- ARGV[3]  the numbers of shared.lua
-- ARGV[4]  p to publish, or -; how many events need no look at the bounds (2 bytes, big-endian); and s to take the long
--          way, where upkeep or a new bucket is due or a message is large
-- ARGV[5..]  for each message: its name (sender, recipient and MsgID, digested); its time (6 bytes, ms) and content (16
--            bytes, a digest); itself, as in the list
-- Reply    the usual way: how many heard of them, -1 where nothing was published; {that, the last Seq, how many events
--          were removed} where another node wrote to the queue meanwhile, or where the bounds were looked at; otherwise
--          see append-slowly.lua
--
-- A server without memory left refuses this step as a whole: that is what the first line, without a flag, asks for.
-- Each argument has its price, and so has each number that is read from text. The usual way of a message takes four
-- calls, one more to publish it, and one more for the first event of a list.

local call, pack = redis.call, struct.pack
local width, count = 3, (#ARGV - 4) / 3
-- include append-begin.lua

local known = 0
while usual and known < count do
  local index = 5 + 3 * known
  usual = call('HEXISTS', KEYS[4], ARGV[index]) == 0
    and call('HSETNX', KEYS[3], ARGV[index], pack('>I7', last - count + known + 1) .. ARGV[index + 1]) == 1
  if usual then
    known = known + 1
  end
end

if not usual then
  for i = 0, known - 1 do
    call('HDEL', KEYS[3], ARGV[5 + 3 * i])
  end
  -- include append-slowly.lua
end

local events = ARGV[7]
local length
if count == 1 then
  length = call('RPUSH', KEYS[1], events)
else
  local all = {}
  for i = 1, count do
    all[i] = ARGV[4 + 3 * i]
  end
  length = call('RPUSH', KEYS[1], unpack(all))
  events = table.concat(all, '\n')
end
-- include append-end.lua
