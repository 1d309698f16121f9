-- The part of a restore that carries out the restored deletions: the queue may have come back with the deleted content.
-- One pass over the list serves all of them. It expects the variables of restore.lua.

-- include rest-of-message.lua

-- The beginnings of the JSON of the deleted messages, and those of their edits with the message behind.
local messages, edits = {}, {}

if call('HLEN', KEYS[3]) == 0 then
  save_known(q, q.older, q.next)
end
for i = 6, first - 1, 7 do
  local name, message, edit, about = unpack(ARGV, i + 2, i + 5)
  messages[message], edits[edit .. about] = i, i
  local known = find(name)
  if not is_deleted(known) then
    local entry = (known and string.sub(known, 1, 13) or struct.pack('>I7I6', 0, millis)) .. deleted
      .. struct.pack('>I6', millis) .. string.sub(known or '', 36)
    call('HSET', KEYS[3], name, entry)
  end
end
call('PEXPIRE', KEYS[3], 2 * window)

-- What is left of an event; nil for an event without deleted content.
local function rest_of(event)
  local kind, at = string.match(event, '^{"EvtType":"(%l+)","From":"[^"]*","To":"[^"]*",()', 14)
  if kind ~= 'message' and kind ~= 'edit' then
    return nil
  end
  at = string.match(event, '^"Room":"[^"]*",()', at) or at
  if kind == 'message' then
    local stop = string.match(event, '^"MsgID":"[^"]*",()', at)
    local message = stop and string.sub(event, 14, stop - 1) or ''
    local i = messages[message]
    return i and rest_of_message(event, message, ARGV[i], ARGV[i + 6])
  end
  local about = string.match(event, '"About":{"From":"[^"]*","MsgID":"[^"]*"}', at)
  local i = edits[string.sub(event, 14, at - 1) .. (about or '')]
  return i and string.sub(event, 1, 13) .. ARGV[i + 1]
end

for start = 0, q.length - 1, 50 do
  for offset, event in ipairs(call('LRANGE', KEYS[1], start, start + 49)) do
    local rest = rest_of(event)
    if rest and rest ~= event then
      call('LSET', KEYS[1], start + offset - 1, rest)
    end
  end
end
