package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The engine's steps for each message, with as many in flight as on a busy node. */
final class CoreContestant implements Contestant {
    private static final int UNDER_WAY = 1000;

    private final RedisConnections connections;
    private final OfflineQueue queue;
    private final ChatRouter router;

    CoreContestant(String url, QueueLimits limits) {
        connections = RedisConnections.open(url);
        queue = new RedisOfflineQueue(connections, limits);
        router = new RedisChatRouter(connections);
    }

    @Override
    public void send(Workload workload, int messages) throws Exception {
        Semaphore room = new Semaphore(UNDER_WAY);
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        for (int i = 0; i < messages; i++) {
            room.acquire();
            send(workload.next()).whenComplete((receivers, failure) -> {
                if (failure != null) {
                    failed.set(failure);
                }
                room.release();
            });
        }
        room.acquire(UNDER_WAY);
        Throwable failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("a message was not sent", failure);
        }
    }

    /** One message: append, then publish the stored event. */
    CompletionStage<Integer> send(ChatEvent.Message message) {
        return queue.append(message.to(), message)
                .thenCompose(
                        place -> router.publish(message.to(), Envelope.stored(place.seq(), place.storedAt(), message)));
    }

    OfflineQueue queue() {
        return queue;
    }

    @Override
    public void close() {
        connections.close();
    }
}
