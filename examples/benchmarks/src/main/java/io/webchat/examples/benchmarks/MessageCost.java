package io.webchat.examples.benchmarks;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatSession;
import io.webchat.core.Connection;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.testing.RedisEndpoint;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures the cost of one message for Redis over its whole life between two sessions on two nodes: sent, delivered,
 * confirmed, its receipt delivered.
 */
final class MessageCost implements AutoCloseable {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final String TEXT = "Hello there! ".repeat(8).substring(0, 100);
    private static final long PATIENCE_SECONDS = 60;

    private final RedisEndpoint redis;
    private final List<Runnable> closers = new ArrayList<>();
    private final Semaphore receipts = new Semaphore(0);
    private final ChatSession alice;

    private MessageCost(RedisEndpoint redis) {
        this.redis = redis;
        CallLogStore callLog = MemoryCallLogStore.create();
        alice = session(ALICE, callLog, (session, envelope) -> receipts.release());
        session(BOB, callLog, (session, envelope) -> session.confirm(envelope.seq()));
    }

    private ChatSession session(UserId user, CallLogStore callLog, Connection connection) {
        RedisConnections connections = RedisConnections.open(redis.url());
        closers.add(0, connections::close);
        Chat node = Chat.builder()
                .router(new RedisChatRouter(connections))
                .offlineQueue(new RedisOfflineQueue(connections))
                .callLog(callLog)
                .config(ChatConfig.builder()
                        .messagesPerSecond(0)
                        .fanoutBytesPerSecond(0)
                        .build())
                .build();
        closers.add(0, node::close);
        return node.open(user, connection).toCompletableFuture().join();
    }

    /** Counts it for messages one at a time and for so many at once, and prints a table in Markdown. */
    static void run(RedisEndpoint redis, int messages, PrintStream out) throws Exception {
        try (MessageCost cost = new MessageCost(redis)) {
            cost.send(messages, 1);
            Map<String, Double> alone = cost.send(messages, 1);
            Map<String, Double> crowd = cost.send(messages, 32);
            out.println("For each of " + messages + " messages: send, deliver, confirm, receipt");
            out.println();
            out.println("| | one at a time | 32 under way |");
            out.println("|---|---|---|");
            alone.forEach((name, value) ->
                    out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", name, value, crowd.getOrDefault(name, 0.0)));
        }
    }

    private Map<String, Double> send(int messages, int underWay) throws Exception {
        Counters before = Counters.of(redis);
        int sent = 0;
        for (; sent < Math.min(underWay, messages); sent++) {
            send();
        }
        for (int answered = 0; answered < messages; answered++) {
            if (!receipts.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("only " + answered + " of " + messages + " receipts came");
            }
            if (sent < messages) {
                send();
                sent++;
            }
        }
        return Counters.of(redis).since(before, messages);
    }

    private void send() {
        alice.send(ChatEvent.message(ALICE, BOB, TEXT)).whenComplete((result, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("a message was refused", failure);
            }
        });
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
