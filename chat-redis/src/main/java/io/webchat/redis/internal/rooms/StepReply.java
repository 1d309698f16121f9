package io.webchat.redis.internal.rooms;

import io.webchat.redis.internal.client.ReplyText;
import java.util.List;
import java.util.Locale;

/**
 * The reply of a step on one member of a room: see shared.lua.
 *
 * @param outcome the outcome of the step
 * @param last the ticket that a further change has to exceed
 * @param title the room's title; empty if there is no such room
 * @param member the stored member after the step; empty if the user is not a member
 */
record StepReply(Outcome outcome, long last, String title, String member) {
    /** The outcome of a step. */
    enum Outcome {
        CHANGED,
        UNCHANGED,
        /** A later change was here first. */
        STALE,
        /** There is no such room. */
        MISSING,
        /** The room takes no more members. */
        FULL,
        /** The only owner stays one. */
        LAST_OWNER;

        /** The outcome that a script named. */
        static Outcome of(Object text) {
            return valueOf(ReplyText.of(text).toUpperCase(Locale.ROOT));
        }
    }

    static StepReply of(Object reply) {
        List<?> parts = (List<?>) reply;
        return new StepReply(
                Outcome.of(parts.get(0)), (Long) parts.get(1), ReplyText.of(parts.get(2)), ReplyText.of(parts.get(3)));
    }

    /** The entry for the user's list. */
    String entry() {
        return MemberRecord.entry(member, title);
    }
}
