-- The events behind a place.
--
-- KEYS[1..3], ARGV[1..4]  see queue.lua
-- ARGV[5]  the Seq behind which to read
-- ARGV[6]  how many events at most
-- Reply    {first, next, how many devices are known, {event, ...}}; first is next where the list is empty, and both
--          are the time in microseconds where there is no queue
--
-- Writes only when upkeep is due. Where Redis takes no writes for now, upkeep stays due and reading goes on.

local micros, millis = clock()
local meta = call('HMGET', KEYS[2], 'next', 'due')
local next = tonumber(meta[1])
if not next then
  return {micros, micros, 0, {}}
end
if millis >= tonumber(meta[2]) then
  -- Tries whether writing is refused with the write that upkeep begins with anyway.
  local _, ttl = lifetime()
  local tried = redis.pcall('PEXPIRE', KEYS[2], digits(ttl))
  local refusal = type(tried) == 'table' and string.match(tostring(tried.err), '%u+')
  if not refusal then
    upkeep(millis, next)
  elseif refusal ~= 'MISCONF' and refusal ~= 'NOREPLICAS' then
    return tried
  end
end

local length = call('LLEN', KEYS[1])
local first = next - length
local from = math.max(0, ARGV[5] - first + 1)
local events = {}
if from < length and tonumber(ARGV[6]) > 0 then
  events = call('LRANGE', KEYS[1], from, digits(from + ARGV[6] - 1))
end
return {first, next, call('HLEN', KEYS[3]), events}
