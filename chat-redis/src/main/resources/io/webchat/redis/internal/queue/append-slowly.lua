-- The part of an append that seldom runs. It expects the variables of append-all.lua, undoes what they began, and
-- appends event by event.
--
-- Reply    {receivers, the last Seq, 0, the counter's name, the time (ms) at which this node must come here again, the
--          Seq at which it must (both 0 where they are not known)}, and then for each event: 0 where it was stored, 1
--          for a resend, 2 for another content under the same name; its Seq, or 0 where that belongs to an earlier
--          epoch; its time; how many events were removed

if last and last < 2^40 then
  -- There was no such counter.
  call('HDEL', KEYS[2], counter)
elseif last then
  call('HINCRBY', KEYS[2], counter, -count)
end

local numbers = ARGV[3]
-- include shared.lua

local incarnation = string.sub(counter, 3, 10)
local q = load()
if not q or q.incarnation ~= incarnation then
  q = begin(q, incarnation)
end
upkeep(q)

local tail = call('LINDEX', KEYS[1], -1)
local latest = tail and stored_at(tail) or 0
local results, published = {}, {}
local expired

-- Returns the outcome, Seq and time of what was sent before under this name; nil where nothing was.
local function find(name, content)
  expired = nil
  local known = call('HGET', KEYS[3], name) or call('HGET', KEYS[4], name)
  if not known then
    return nil
  end
  local seq, stored = struct.unpack('>I7I6', known)
  local since = #known > 29 and struct.unpack('>I6', known, 30) or stored
  if since < millis - window then
    expired = #content > 1 and known
    return nil
  end
  local before, outcome = string.sub(known, 14, 29), 1
  if #content == 1 and string.byte(before) < string.byte(content) then
    return nil
  elseif #content > 1 and before ~= content and before ~= string.rep('\0', 16) then
    outcome = 2
  end
  return outcome, seq < q.start and 0 or seq, stored
end

-- Remembers what was sent. Begins a bucket where the current one is full or old.
local function remember(name, entry)
  if millis > q.since + window or q.next >= q.full then
    call('UNLINK', KEYS[4])
    if call('HLEN', KEYS[3]) > 0 then
      call('RENAME', KEYS[3], KEYS[4])
    end
    q.since, q.full = millis, q.next + max_dedupe
    save(q)
    save_known(q, q.newer, q.next)
  end
  call('HSET', KEYS[3], name, entry)
  if call('HLEN', KEYS[3]) == 1 then
    call('PEXPIRE', KEYS[3], 2 * window)
  end
end

for i = 0, count - 1 do
  local index = 5 + 3 * i
  local event = ARGV[index + 2]
  local content = string.sub(ARGV[index + 1], 7)
  local outcome, seq, stored = find(ARGV[index], content)
  local removed
  if not outcome then
    seq, stored = q.next, math.max(stored_at(event), latest + 1)
    event = with_time(event, stored)
    remember(ARGV[index], pack('>I7I6', seq, stored) .. content)
    if expired then
      -- The earlier copy may still wait. A deletion must find it, too.
      local copies = call('HGET', KEYS[3], ARGV[index] .. 'e') or ''
      local at = #expired > 35 and string.sub(expired, 36, 41) or string.sub(expired, 8, 13)
      call('HSET', KEYS[3], ARGV[index] .. 'e', copies .. string.sub(expired, 1, 7) .. at)
    end
    outcome, latest = 0, stored
    q.length = call('RPUSH', KEYS[1], event)
    if q.length == 1 then
      call('PEXPIRE', KEYS[1], ttl)
    end
    q.next = seq + 1
    call('HSET', KEYS[2], q.counter, seq)
    removed = bound(q, #event > 4096, 100)
    published[#published + 1] = event
  end
  results[#results + 1] = outcome
  results[#results + 1] = seq
  results[#results + 1] = stored
  results[#results + 1] = removed or 0
end

local receivers = -1
if string.byte(ARGV[4]) == 112 and #published > 0 then
  local frame = '\3' .. pack('>I7', q.next - #published) .. q.counter .. '\30' .. table.concat(published, '\30')
  receivers = call('PUBLISH', string.sub(KEYS[1], 1, -3), frame)
end
return {receivers, q.next - 1, 0, q.counter, q.due, q.full, unpack(results)}
