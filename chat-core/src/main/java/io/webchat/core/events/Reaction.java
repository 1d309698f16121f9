package io.webchat.core.events;

import io.webchat.core.ids.UserId;
import java.util.List;

/**
 * One kind of reaction to a message.
 *
 * @param reaction the reaction, for example an emoji
 * @param count the number of users who gave it
 * @param users some of them, the first ones first; at most {@link #MAX_USERS}
 */
public record Reaction(String reaction, int count, List<UserId> users) {
    /** The largest number of users who are named for one kind. */
    public static final int MAX_USERS = 50;

    /** The largest number of kinds of reactions to one message. */
    public static final int MAX_KINDS = 20;

    /**
     * The largest number of reactions to one message, of all kinds and users together. A call log may write all of them
     * with each one more.
     */
    public static final int MAX_GIVEN = 1_000;

    /** Copies the list. */
    public Reaction {
        users = List.copyOf(users);
    }
}
