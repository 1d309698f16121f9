package io.webchat.redis.internal.rooms;

import io.webchat.redis.internal.client.ReplyText;
import java.util.List;

/**
 * The reply of the step that creates a room: see create.lua.
 *
 * @param outcome the outcome of the step
 * @param last the ticket that a further attempt has to exceed
 * @param title the room's title; empty if it has ended
 * @param members the stored members, in the order of the call; empty texts for users who are not members
 */
record CreateReply(StepReply.Outcome outcome, long last, String title, List<String> members) {
    private static final int FIRST_MEMBER = 3;

    static CreateReply of(Object reply) {
        List<?> parts = (List<?>) reply;
        StepReply.Outcome outcome = StepReply.Outcome.of(parts.get(0));
        long last = (Long) parts.get(1);
        if (outcome == StepReply.Outcome.STALE) {
            return new CreateReply(outcome, last, "", List.of());
        }
        List<String> members =
                parts.stream().skip(FIRST_MEMBER).map(ReplyText::of).toList();
        return new CreateReply(outcome, last, ReplyText.of(parts.get(2)), members);
    }

    /** The entry for the list of this member. */
    String entry(int index) {
        return MemberRecord.entry(members.get(index), title);
    }
}
