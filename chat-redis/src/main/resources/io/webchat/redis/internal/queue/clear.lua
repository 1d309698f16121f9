#!lua flags=allow-oom
-- Removes all events and forgets all devices. The counter stays, so that later events get higher Seqs, and so does the
-- memory of resends.
--
-- KEYS[1..2]  see shared.lua
-- Reply    1

local call = redis.call
-- include format.lua

check_format(call('HGET', KEYS[2], 'f'))
call('UNLINK', KEYS[1])
local flat = call('HGETALL', KEYS[2])
for i = 1, #flat, 2 do
  if string.find(flat[i], '^[cg]:') or flat[i] == 'b' then
    call('HDEL', KEYS[2], flat[i])
  end
end
return 1
