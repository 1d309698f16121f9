package io.webchat.core.engine;

import io.webchat.core.ids.UserId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of the engine on a queue that loses its data. They run on the in-memory adapters, unless a test class that is a
 * {@link QueueLossBackendFactory} has them as nested classes.
 */
public abstract class QueueLossSuite {
    /** The user whose queue loses its data. */
    protected static final UserId BOB = TestConversation.BOB;

    @RegisterExtension
    final OutermostTest<QueueLossBackendFactory> outermost =
            new OutermostTest<>(QueueLossBackendFactory.class, new MemoryBackends.LosingQueue());

    /** The queue that all nodes have. */
    protected LosableQueue queue;

    @BeforeEach
    final void createQueue() {
        queue = new LosableQueue(BOB, outermost.get()::emptyQueue);
    }

    /** Nodes that all have the losable queue. */
    protected final TestCluster cluster() {
        return new TestCluster(outermost.get().backends(queue));
    }

    /** The ids m{@code from} to m{@code to}, the last one excluded. */
    protected static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }
}
