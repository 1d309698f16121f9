package io.webchat.core.events;

import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The end of a message, whose place in the conversation stays.
 *
 * @param at the time in the call log, Unix milliseconds
 * @param by who deleted it: its author, or an owner of its room; null for the application
 */
public record Deletion(long at, @Nullable UserId by) {
    /**
     * Returns the end that a deletion puts to its message.
     *
     * @param at the time of the deletion in the call log, Unix milliseconds
     */
    public static Deletion of(Amendment amendment, long at) {
        boolean byHost =
                amendment.change() instanceof Amendment.Delete delete && delete.authority() == Amendment.Authority.HOST;
        return new Deletion(at, byHost ? null : amendment.from());
    }
}
