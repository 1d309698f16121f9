package io.webchat.core;

import io.webchat.core.ids.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Tells one user which users are connected. A user whom the {@link io.webchat.core.policy.ContactPolicy} hides looks
 * offline; by default that are all with whom the asker has no conversation and no room in common. A user who has
 * blocked the asker looks offline, too. A block holds on other nodes within {@link ChatConfig#permissionCache}.
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
}
