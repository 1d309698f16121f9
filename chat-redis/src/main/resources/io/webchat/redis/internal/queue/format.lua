-- Fails for a queue of a newer format; the argument is the name of its counter, false or nil where there is no queue. A
-- step calls this before it writes anything.
local function check_format(counter)
  local format = string.match(counter or '2:', '^%w*')
  if format ~= '2' then
    error({err = 'NEWER this queue has the format ' .. format .. ' of another version; this node knows format 2: run '
      .. 'the newest version of webchat on this node'})
  end
end
