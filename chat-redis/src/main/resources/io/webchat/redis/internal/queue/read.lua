-- The events behind a Seq.
--
-- KEYS[1..2]  see shared.lua
-- ARGV[1]  the incarnation of this server
-- ARGV[2]  the numbers of shared.lua
-- ARGV[3]  the Seq behind which to read
-- ARGV[4]  how many events at most
-- Reply    {epoch, 1 where it is restored, first, next, how many devices are known, {event, ...}, confirmed}; first is
--          next where the list is empty. confirmed is the highest cursor of a device, first - 1 at least. Where there is
--          no queue, the epoch is 0, and first and next are the time in microseconds
--
-- Writes only when upkeep is due, or to begin an epoch. Where Redis takes no writes for now, upkeep stays due and
-- reading goes on.

local call = redis.call
local numbers = ARGV[2]
-- include shared.lua

local q = load()
if not q then
  return {0, 0, micros, micros, 0, {}, micros - 1}
end
local stale = q.incarnation ~= ARGV[1] or millis >= q.due or older_than(q, millis - max_age) > 0
for _, device in pairs(q.devices) do
  stale = stale or device.seen < millis - device_age
end
if stale then
  -- Tries whether writing is refused. Redis without memory refuses only scripts that have written nothing before.
  local tried = redis.pcall('PEXPIRE', KEYS[2], ttl)
  local refusal = type(tried) == 'table' and string.match(tostring(tried.err), '%u+')
  if not refusal then
    if q.incarnation ~= ARGV[1] then
      q = begin(q, ARGV[1])
    end
    upkeep(q)
  elseif q.incarnation ~= ARGV[1] or refusal ~= 'MISCONF' and refusal ~= 'NOREPLICAS' then
    return tried
  end
end

local first = q.next - q.length
local from = math.max(0, ARGV[3] - first + 1)
local events = {}
if from < q.length and tonumber(ARGV[4]) > 0 then
  events = call('LRANGE', KEYS[1], from, from + ARGV[4] - 1)
end
local confirmed = first - 1
for _, device in pairs(q.devices) do
  confirmed = math.max(confirmed, device.cursor)
end
return {q.epoch, q.restored and 1 or 0, first, q.next, q.count, events, confirmed}
