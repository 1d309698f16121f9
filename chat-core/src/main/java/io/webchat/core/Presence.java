package io.webchat.core;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Who is connected now, on behalf of one user. Anyone may ask about anyone, as for profiles; but somebody who has
 * blocked the asker looks offline to them. Other nodes go by a block within {@link ChatConfig#permissionCache}.
 */
public interface Presence {
    /** How many users may be asked about at once. */
    int MAX_USERS = 100;

    /**
     * Those among the users who have a session on any node, as far as the router knows at this moment: a node that died
     * may keep its users online for as long as the router takes to notice. A user whom nobody knows is offline.
     *
     * @return in no particular order; fails with {@code bad_request} for more than {@link #MAX_USERS}, with {@code
     *     unavailable}
     */
    CompletionStage<Set<UserId>> online(UserId asker, Collection<UserId> users);
}
