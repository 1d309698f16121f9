package io.webchat.core.engine;

import io.webchat.core.UserId;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import java.time.Clock;
import java.util.stream.IntStream;

/** Tests of what the engine promises where Bob's queue loses its data; another backend's module runs them as well. */
public abstract class QueueLossSuite {
    static final UserId BOB = UserId.of("bob");

    final LosableQueue queue = new LosableQueue(BOB, this::emptyQueue);

    /** A queue as its server has it that lost its data. */
    protected OfflineQueue emptyQueue() {
        return MemoryOfflineQueue.create(QueueLimits.DEFAULT, Clock.systemUTC());
    }

    /** Backends whose nodes all have this queue. */
    protected EngineBackends backends(OfflineQueue shared) {
        return new MemoryBackends(new MemoryChatRouter(), shared);
    }

    Cluster cluster() {
        return new Cluster(backends(queue));
    }

    static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    static void send(TestClient author, String to, int from, int end) {
        for (int i = from; i < end; i++) {
            author.send(to, "m" + i, "text " + i);
        }
    }
}
