package io.webchat.core.contract;

import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import java.util.UUID;

/** What a test is handed: a backend of its own and users and rooms whose names no other test has. */
abstract class Fixture implements AutoCloseable {
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    final UserId alice = user("alice");
    final UserId bob = user("bob");
    final UserId carol = user("carol");

    /** A user whom only this test knows. */
    final UserId user(String name) {
        return UserId.of(name + "-" + suffix);
    }

    /** A room that only this test knows. */
    final RoomId room(String name) {
        return RoomId.of(name + "-" + suffix);
    }

    @Override
    public abstract void close();
}
