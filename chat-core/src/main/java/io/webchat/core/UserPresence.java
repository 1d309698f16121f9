package io.webchat.core;

import io.webchat.core.ids.UserId;

/**
 * Whether a user is connected, and when the user was connected last, as one asker may see it.
 *
 * @param user the user
 * @param online whether the user has a session on any node
 * @param lastSeenAt the time at which the user was connected last, Unix milliseconds; 0 for a user who is online, whom
 *     the asker may not see, or of whom no time is known
 */
public record UserPresence(UserId user, boolean online, long lastSeenAt) {
    /** A user who is connected. */
    public static UserPresence online(UserId user) {
        return new UserPresence(user, true, 0);
    }

    /** A user of whom the asker learns nothing. */
    public static UserPresence unknown(UserId user) {
        return new UserPresence(user, false, 0);
    }
}
