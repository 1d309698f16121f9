package io.webchat.core.contract;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.UUID;

/** The parameter of a contract test: a backend of its own, and users and rooms whose names no other test has. */
public abstract class ContractFixture implements AutoCloseable {
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    /** The user who sends in most tests. */
    public final UserId alice = user("alice");

    /** The user who receives in most tests. */
    public final UserId bob = user("bob");

    /** A third user. */
    public final UserId carol = user("carol");

    /** Returns the user of this name; no other test has the same user. */
    public final UserId user(String name) {
        return UserId.of(name + "-" + suffix);
    }

    /** Returns the room of this name; no other test has the same room. */
    public final RoomId room(String name) {
        return RoomId.of(name + "-" + suffix);
    }

    @Override
    public abstract void close();
}
