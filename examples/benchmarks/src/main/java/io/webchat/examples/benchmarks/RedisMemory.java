package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.testing.RedisServer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The memory that Redis uses for a user, for a message that waits, and for one that is only remembered. */
final class RedisMemory implements AutoCloseable {
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final int AT_ONCE = 500;

    private final RedisServer server;
    private final RedisConnections connections;
    private final OfflineQueue queue;
    private final Workload workload;
    private final Map<UserId, Appended> last = new ConcurrentHashMap<>();

    private RedisMemory(RedisServer server, int users) {
        this.server = server;
        this.workload = new Workload("memory", users);
        this.connections = RedisConnections.open(server.url());
        this.queue = new RedisOfflineQueue(connections);
    }

    /** Measures it with so many users and so many messages to each, and prints a table in Markdown. */
    static void run(int users, int messages, PrintStream out) {
        try (RedisServer server = RedisServer.builder().start();
                RedisMemory memory = new RedisMemory(server, users)) {
            out.println("| bytes of Redis (`used_memory`), " + users + " users | |");
            out.println("|---|---|");
            memory.measure(messages, out);
        }
    }

    private void measure(int messages, PrintStream out) {
        // A script that was never called is loaded later, and a connection grows its buffers.
        UserId first = UserId.of("first");
        attach(first).toCompletableFuture().join();
        append(ChatEvent.message(first, first, "Hello!")).toCompletableFuture().join();
        confirm(first).toCompletableFuture().join();

        double empty = used();
        forAll(this::attach);
        double idle = used();
        row(out, "an idle user with one device", (idle - empty) / users());
        toAll(1);
        forAll(this::confirm);
        double received = used();
        row(out, "a user who has received a message", (received - empty) / users());
        toAll(messages);
        double waiting = used();
        row(out, "a message that waits, with its entry for resends", (waiting - received) / users() / messages);
        forAll(this::confirm);
        row(out, "a message that is known for resends only", (used() - received) / users() / messages);
    }

    private int users() {
        return workload.users().size();
    }

    private static void row(PrintStream out, String name, double bytes) {
        out.printf(Locale.ROOT, "| %s | %.0f |%n", name, bytes);
    }

    private double used() {
        return Double.parseDouble(server.info("memory").getOrDefault("used_memory", "0"));
    }

    private CompletionStage<?> attach(UserId user) {
        return queue.attach(user, PHONE, 0)
                .thenCompose(device -> queue.restore(user, device.epoch().number(), UndeliveredMessages.NONE));
    }

    private CompletionStage<?> append(ChatEvent.Message message) {
        return queue.append(message.to(), message).thenApply(done -> last.put(message.to(), done));
    }

    private CompletionStage<?> confirm(UserId user) {
        Appended newest = last.get(user);
        if (newest == null) {
            throw new IllegalStateException("nothing was appended for " + user);
        }
        return queue.confirm(user, PHONE, newest.epoch().number(), newest.seq()).thenApply(moved -> {
            if (!moved) {
                throw new IllegalStateException("the cursor of " + user + " did not move");
            }
            return moved;
        });
    }

    private void toAll(int messages) {
        for (int i = 0; i < messages; i++) {
            forAll(user -> append(workload.next()));
        }
    }

    private void forAll(Function<UserId, CompletionStage<?>> step) {
        List<CompletableFuture<?>> under = new ArrayList<>();
        for (UserId each : workload.users()) {
            under.add(step.apply(each).toCompletableFuture());
            if (under.size() == AT_ONCE) {
                join(under);
            }
        }
        join(under);
    }

    private static void join(List<CompletableFuture<?>> under) {
        CompletableFuture.allOf(under.toArray(CompletableFuture<?>[]::new)).join();
        under.clear();
    }

    @Override
    public void close() {
        connections.close();
    }
}
