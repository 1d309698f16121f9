package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Messages of 100 characters to some users in turn, each under an id of its own. Safe for use by several threads. */
final class Workload {
    private static final UserId AUTHOR = UserId.of("author");
    private static final String TEXT = "Hello there! ".repeat(8).substring(0, 100);

    private final List<UserId> users;
    private final AtomicLong sent = new AtomicLong();
    // As long as the UUIDs of real clients, and cheaper to make.
    private final String run = UUID.randomUUID().toString().substring(0, 24);

    Workload(String name, int users) {
        this.users = IntStream.range(0, users)
                .mapToObj(i -> UserId.of(name + "-" + i))
                .toList();
    }

    List<UserId> users() {
        return users;
    }

    ChatEvent.Message next() {
        long n = sent.getAndIncrement();
        String id = run + (100_000_000_000L + n);
        return ChatEvent.message(AUTHOR, users.get((int) (n % users.size())), MessageId.of(id), TEXT);
    }
}
