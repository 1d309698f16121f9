package io.webchat.core;

import io.webchat.core.ids.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Tells one user which users are connected, and when the others were connected last. A user whom the {@link
 * io.webchat.core.policy.ContactPolicy} hides looks offline, without a time; by default that are all with whom the
 * asker has no conversation and no room in common. A user who has blocked the asker looks the same. A block holds on
 * other nodes within {@link ChatConfig#permissionCache}.
 */
public interface Presence {
    /** The largest number of users in one request. */
    int MAX_USERS = 100;

    /**
     * Returns the users who have a session on any node, as far as the router knows. After a node has died, its users
     * may look online until the router notices. An unknown user is offline.
     *
     * @return the users in no particular order; fails with {@code bad_request} for more than {@link #MAX_USERS}, and
     *     with {@code unavailable}
     */
    CompletionStage<Set<UserId>> online(UserId asker, Collection<UserId> users);

    /**
     * Returns which of the users are online, as {@link #online} does, and when the others were connected last.
     *
     * <p>That time is the end of the last session on any node and device. After a node has died, it is the last time
     * at which one of the user's devices connected or confirmed something there, or later. There is no time if the
     * user's devices have not connected for {@link io.webchat.core.spi.queue.QueueLimits#deviceAge}, after {@link
     * ChatHost#erase}, and if the queue does not have {@link io.webchat.core.spi.queue.LastSeenTimes}.
     *
     * @return each user once, in the order of the request; fails with {@code bad_request} for more than {@link
     *     #MAX_USERS}, and with {@code unavailable}
     */
    CompletionStage<List<UserPresence>> states(UserId asker, Collection<UserId> users);
}
