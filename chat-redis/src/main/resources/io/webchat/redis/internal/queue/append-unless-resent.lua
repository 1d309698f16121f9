#!lua
-- Links an event at the tail, unless it is a resend.
--
-- KEYS[1..3], ARGV[1]  see shared.lua
-- KEYS[4], KEYS[5]  HASHes  the dedupe buckets 0 and 1: what was sent -> its Seq (7 bytes) and time (6 bytes, ms), both
--                   big-endian, and its content. The current one takes what is new; when it is full or as old as the
--                   dedupe window, the other one is emptied and becomes the current one. Each expires by itself.
-- ARGV[2]  what was sent: sender, recipient, MsgID and whether it is a receipt, digested
-- ARGV[3]  its content: a digest of 16 bytes; or the rank of a receipt, one digit
-- ARGV[4]  the event in its wire form, without Seq, StoredAt and the closing brace
-- ARGV[5]  the channel to which it is published unless it is a resend; may be left out
-- Reply    {0, Seq, StoredAt} where it was stored, and then how many heard of it where it was published;
--          {1, Seq, StoredAt} of the first one where it is a resend; {2, Seq, StoredAt} of the first one where that
--          had another content
--
-- A server without memory left refuses this step as a whole: that is what the first line, without a flag, asks for.
-- Six calls for a new event in a queue that is not empty, and one to publish it.

local call = redis.call
local skew, max_age, window, max_events, ttl =
  string.match(ARGV[1], '^(%S+) (%d+) %d+ (%d+) (%d+) %d+ %d+ %d %d+ (%d+)$')
local now = call('TIME')
local micros = now[1] * 1000000 + now[2] + skew
local millis = math.floor(micros / 1000)
local meta = call('HMGET', KEYS[2], 'next', 'at', 'due', 'bucket', 'since', 'full')
local next, due, current = tonumber(meta[1]), tonumber(meta[3]), tonumber(meta[4])
local since, full = tonumber(meta[5]), tonumber(meta[6])
local place = next or micros
local time = math.max(millis, (tonumber(meta[2]) or 0) + 1)
local entry = struct.pack('>I7I6', place, time) .. ARGV[3]

-- A bucket that has to be begun is begun only when something goes into it.
local begin = not next or not since or millis > since + window or place >= full

local usual = not begin and millis < due
  and not call('HGET', KEYS[5 - current], ARGV[2]) and call('HSETNX', KEYS[4 + current], ARGV[2], entry) == 1

if not usual then
  -- include shared.lua

  local previous = 1 - (current or 1)
  if begin then
    previous, current = current, previous
  end
  -- A receipt of a higher kind may have come since the one in the previous bucket.
  local known = not begin and call('HGET', KEYS[4 + current], ARGV[2])
    or previous and next and call('HGET', KEYS[4 + previous], ARGV[2])

  -- WAIT waits for what its own connection wrote: over a new one, a resend that writes nothing would be acknowledged
  -- though no replica has the event.
  local function resent(seq, stored)
    if string.match(ARGV[1], ' 1 %d+ %d+$') then
      call('HSET', KEYS[2], 'at', meta[2])
    end
    return {1, seq, stored}
  end

  if known then
    local seq, stored = struct.unpack('>I7I6', known)
    if stored >= millis - window then
      local content = string.sub(known, 14)
      if #content == 1 then
        -- As bytes: Lua compares strings by the server's locale.
        if string.byte(content) >= string.byte(ARGV[3]) then
          return resent(seq, stored)
        end
      elseif content == ARGV[3] then
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
  call('HSET', KEYS[4 + current], ARGV[2], entry)
  if begin then
    local max_dedupe = string.match(ARGV[1], '^%S+ %d+ %d+ %d+ %d+ (%d+)')
    call('PEXPIRE', KEYS[4 + current], 2 * window)
    call('HSET', KEYS[2], 'bucket', current, 'since', millis, 'full', place + max_dedupe)
  end
end

local event = ARGV[4] .. string.format(',"Seq":%.0f,"StoredAt":%.0f}', place, time)
local length = call('RPUSH', KEYS[1], event)
call('HSET', KEYS[2], 'next', place + 1, 'at', time)
if length == 1 then
  -- An empty list has no expiry.
  call('PEXPIRE', KEYS[1], ttl)
  local old = time + max_age + 1
  if old < due then
    call('HSET', KEYS[2], 'due', old)
  end
elseif length > tonumber(max_events) then
  call('LTRIM', KEYS[1], length - max_events, -1)
end
if ARGV[5] then
  return {0, place, time, call('PUBLISH', ARGV[5], event)}
end
return {0, place, time}
