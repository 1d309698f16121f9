#!lua
-- Links an event at the tail, unless it is a resend.
--
-- KEYS[1..3], ARGV[1..4]  see queue.lua
-- KEYS[4], KEYS[5]  HASHes  the dedupe buckets 0 and 1: what was sent -> its Seq (7 bytes) and time (6 bytes, ms), both
--                   big-endian, and its content. The current one takes what is new; when it is full or as old as the
--                   dedupe window, the other one is emptied and becomes the current one. Each expires by itself.
-- ARGV[5]  how many events the list holds at most
-- ARGV[6]  how many events a bucket takes
-- ARGV[7]  what was sent: sender, recipient, MsgID and whether it is a receipt, digested
-- ARGV[8]  its content: a digest of 16 bytes; or the rank of a receipt, one digit
-- ARGV[9]  the event in its wire form, without Seq and StoredAt
-- ARGV[10] 1 where a resend is to go to the replicas too, or else 0
-- Reply    {0, Seq, StoredAt} where it was stored; {1, Seq, StoredAt} of the first one where it is a resend;
--          {2, Seq, StoredAt} of the first one where that had another content
--
-- A server without memory left refuses this step as a whole: that is what the first line, without a flag, asks for.
-- Six calls for a new event in a queue that is not empty.

local micros, millis = clock()
local meta = call('HMGET', KEYS[2], 'next', 'at', 'due', 'bucket', 'since', 'full')
local next, at, due = tonumber(meta[1]), tonumber(meta[2]) or 0, tonumber(meta[3])
local current, since, full = tonumber(meta[4]), tonumber(meta[5]), tonumber(meta[6])
local window = tonumber(ARGV[4])
local place = next or micros
local time = math.max(millis, at + 1)

-- WAIT waits for what its own connection wrote: over a new one, a resend that writes nothing would be acknowledged
-- though no replica has the event.
local function resent(seq, stored)
  if ARGV[10] == '1' then
    call('HSET', KEYS[2], 'at', digits(at))
  end
  return {1, seq, stored}
end

-- A bucket that has to be begun is begun only when something goes into it.
local begin = not next or not since or millis > since + window or place >= full
local previous = 1 - (current or 1)
if begin then
  previous, current = current, previous
end

local entry = struct.pack('>I7I6', place, time) .. ARGV[8]
local known = previous and next and call('HGET', KEYS[4 + previous], ARGV[7])
if known then
  -- A receipt of a higher kind may have come since.
  known = not begin and call('HGET', KEYS[4 + current], ARGV[7]) or known
elseif not begin and call('HSETNX', KEYS[4 + current], ARGV[7], entry) == 0 then
  known = call('HGET', KEYS[4 + current], ARGV[7])
end

local remembered = not known and not begin
if known then
  local seq, stored = struct.unpack('>I7I6', known)
  if stored >= millis - window then
    local content = string.sub(known, 14)
    if #content == 1 then
      -- As bytes: Lua compares strings by the server's locale.
      if string.byte(content) >= string.byte(ARGV[8]) then
        return resent(seq, stored)
      end
    elseif content == ARGV[8] then
      return resent(seq, stored)
    else
      return {2, seq, stored}
    end
  end
end

if not next then
  due = create(micros, millis)
elseif millis >= due then
  due = upkeep(millis, next)
end
if begin then
  if not since or not next then
    call('UNLINK', KEYS[4], KEYS[5])
  else
    call('UNLINK', KEYS[4 + current])
  end
end
if not remembered then
  call('HSET', KEYS[4 + current], ARGV[7], entry)
end

local event = string.sub(ARGV[9], 1, -2) .. ',"Seq":' .. digits(place) .. ',"StoredAt":' .. digits(time) .. '}'
local length = call('RPUSH', KEYS[1], event)
if begin then
  call('PEXPIRE', KEYS[4 + current], digits(2 * window))
  call('HSET', KEYS[2], 'next', digits(place + 1), 'at', digits(time),
    'bucket', current, 'since', digits(millis), 'full', digits(place + ARGV[6]))
else
  call('HSET', KEYS[2], 'next', digits(place + 1), 'at', digits(time))
end
if length == 1 then
  expire(KEYS[1])
  due_by(time + ARGV[2] + 1, due)
elseif length > tonumber(ARGV[5]) then
  call('LTRIM', KEYS[1], length - ARGV[5], -1)
end
return {0, place, time}
