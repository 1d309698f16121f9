-- The events behind a place.
--
-- KEYS[1..3], ARGV[1]  see shared.lua
-- ARGV[2]  the Seq behind which to read
-- ARGV[3]  how many events at most
-- Reply    {first, next, how many devices are known, {event, ...}}; first is next where the list is empty, and both
--          are the time in microseconds where there is no queue
--
-- Writes only when upkeep is due. Where Redis takes no writes for now, upkeep stays due and reading goes on.

local call = redis.call
local now = call('TIME')
local micros = now[1] * 1000000 + now[2] + string.match(ARGV[1], '^%S+')
local millis = math.floor(micros / 1000)
local meta = call('HMGET', KEYS[2], 'next', 'due')
local next = tonumber(meta[1])
if not next then
  return {micros, micros, 0, {}}
end
if millis >= tonumber(meta[2]) then
  -- include shared.lua
  -- Tries whether writing is refused with the write that upkeep begins with anyway.
  local tried = redis.pcall('PEXPIRE', KEYS[2], ttl)
  local refusal = type(tried) == 'table' and string.match(tostring(tried.err), '%u+')
  if not refusal then
    upkeep(millis, next)
  elseif refusal ~= 'MISCONF' and refusal ~= 'NOREPLICAS' then
    return tried
  end
end

local length = call('LLEN', KEYS[1])
local first = next - length
local from = math.max(0, ARGV[2] - first + 1)
local events = {}
if from < length and tonumber(ARGV[3]) > 0 then
  events = call('LRANGE', KEYS[1], from, from + ARGV[3] - 1)
end
return {first, next, call('HLEN', KEYS[3]), events}
