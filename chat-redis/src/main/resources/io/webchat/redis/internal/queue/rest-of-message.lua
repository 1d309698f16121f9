-- Takes the last field off the JSON, if it has this form; returns the JSON, and the field or an empty text.
local function cut(json, field)
  local start = string.find(json, field .. '$')
  return start and string.sub(json, 1, start - 1) or json, start and string.sub(json, start) or ''
end

-- What is left of a message in the list after this deletion: its fields before and behind the content. For message and
-- deleted_by see delete.lua.
local function rest_of_message(event, message, deletion, deleted_by)
  local own, logged, device = cut(event, ',"SentDigest":"[%w_-]*"')
  own, logged = cut(own, ',"LoggedAt":%d+')
  own = cut(own, ',"SentDigest":"[%w_-]*"')
  own, device = cut(own, ',"FromDevice":"[^"]*"')
  local sent = string.match(event, '^"Timestamp":%d+', 14 + #message)
  local at = string.match(deletion, '"LoggedAt":(%d+)$') or string.match(deletion, '^0*(%d+)')
  return string.sub(event, 1, 13) .. message .. sent .. ',"Text":"","DeletedAt":' .. at .. deleted_by .. device
    .. logged
end
