#!lua
-- Second step of adding a member or of changing a role.
--
-- KEYS[1], ARGV[1..2]  see shared.lua
-- ARGV[3]  the role: O for an owner, M for a member, R for a reader
-- ARGV[4]  'time-of-joining added-by'; those of a member stay
-- ARGV[5]  how many members the room may have
-- ARGV[6..8]  the id and the text of a note, and how many notes are kept; the id is empty for none
-- Reply    see shared.lua; also 'full', and 'last_owner' for the only owner, who stays one

-- include put-member.lua
