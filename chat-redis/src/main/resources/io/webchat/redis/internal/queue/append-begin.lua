-- Assigns the Seqs, where nothing but another node's append came in between.
local counter, last, told = ARGV[1]
local usual = false
if ARGV[2] ~= '' then
  last = call('HINCRBY', KEYS[2], counter, count)
  usual = pack('>I7', last) == ARGV[2]
elseif #ARGV[4] < 4 then
  -- This node does not know the queue.
  local state = call('HMGET', KEYS[2], 'f', 's')
  if state[1] and string.sub(state[1], 1, 11) == counter .. ':' then
    local start, due, full = string.match(state[2], '^(%d+) (%d+) %d+ (%d+) %d+$')
    if tonumber(string.sub(ARGV[7], 1, 13)) < tonumber(due) then
      counter, told = state[1], {tonumber(due), start + full}
      last = call('HINCRBY', KEYS[2], counter, count)
    end
  end
end
if last and not usual and last > 2^40 and not (told and last >= told[2]) then
  -- Is the clock of another node ahead?
  local tail = call('LINDEX', KEYS[1], -1)
  usual = not tail or string.sub(tail, 1, 13) < string.sub(ARGV[7], 1, 13)
end
