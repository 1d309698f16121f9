package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Offline queues in DynamoDB, for nodes that have no Redis which keeps its data. What was appended is durable before
 * the stage completes; any node can go on where another one died.
 *
 * <p>A queue is a partition, {@code Q#<user>}, of the table that the call log is in:
 *
 * <ul>
 *   <li>{@code HEAD}: where the list begins and ends, each device's cursor, and what was appended last, about 1 KB of
 *       it at rest. Each step is one conditional write of this item, and that alone makes it take effect.
 *   <li>{@code E#<Seq>}: an event for which the head item has no room any more. Deleted, when nobody waits for it,
 *       along with a later step; in the end it expires.
 *   <li>{@code S#<digest>}: what makes a resend known once the head item has no room for it. Expires after the dedupe
 *       window, which alone bounds it: {@link QueueLimits#maxDedupe()} has no effect.
 * </ul>
 *
 * <p>A node takes the calls for one user in their order, those that wait all at once. A message of up to 300 characters
 * costs about 3 write units and 3 read units where it is confirmed at once, 4 and 2 where it waits for long, and less
 * where many come at once.
 *
 * <p>Stages complete on threads of the client: do not block them. They fail with {@code unavailable} where too much
 * waits, DynamoDB does not answer in time or throttles for longer than {@link DynamoConfig#writeTimeout()}; the step
 * may have been taken all the same, and repeating it is safe. An event may be called a duplicate of itself where its
 * first answer was lost. One of more than 350 000 bytes is {@code too_large}. Time is the nodes' clocks, whose
 * differences must be small compared with the limits.
 *
 * <p>Safe for use by any number of threads.
 */
public final class DynamoOfflineQueue implements OfflineQueue, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DynamoOfflineQueue.class);
    private static final int WIDTH = 48;

    private final QueueLimits limits;
    private final QueueLanes lanes;
    private final QueueWriter writer;
    private final QueueReader reader;
    private final Gate gate = new Gate(WIDTH);
    private final long patience;
    private final long closeMillis;

    private DynamoOfflineQueue(DynamoDbAsyncClient client, DynamoConfig config, QueueLimits limits, Clock clock) {
        this.limits = QueueSize.checked(limits);
        QueueTable table = new QueueTable(new Table(client, config), new QueueItems(limits), clock);
        QueueAges ages = new QueueAges(table);
        lanes = new QueueLanes(config);
        writer = new QueueWriter(table, ages);
        reader = new QueueReader(table, ages);
        patience = config.writeTimeout().toNanos();
        closeMillis = config.writeTimeout().plus(config.requestTimeout()).toMillis();
    }

    /**
     * Queues with the default limits, in a table that {@link DynamoTable} made. The client stays the caller's to close,
     * after this.
     */
    public static DynamoOfflineQueue create(DynamoDbAsyncClient client, DynamoConfig config) {
        return create(client, config, QueueLimits.DEFAULT);
    }

    /**
     * Queues with other limits, which should be the same on all nodes.
     *
     * @throws IllegalArgumentException where more than 256 devices are to be known
     */
    public static DynamoOfflineQueue create(DynamoDbAsyncClient client, DynamoConfig config, QueueLimits limits) {
        return create(client, config, limits, Clock.systemUTC());
    }

    static DynamoOfflineQueue create(DynamoDbAsyncClient client, DynamoConfig config, QueueLimits limits, Clock clock) {
        return new DynamoOfflineQueue(client, config, limits, clock);
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return submit(user, step((state, before, micros) -> state.attach(device, after, micros, limits), null, 0));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        try {
            Fingerprint sent = Fingerprint.of(event);
            int bytes = QueueSize.of(event);
            return submit(
                    user,
                    step(
                            (state, before, micros) -> state.append(event, sent, before, micros / 1000, limits),
                            sent,
                            bytes));
        } catch (ChatException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return submit(user, new QueueRead(after, limit, deadline()));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return submit(user, step((state, before, micros) -> state.confirm(device, upTo, micros, limits), null, 0));
    }

    private <T> QueueWrite<T> step(QueueWrite.Step<T> step, @Nullable Fingerprint sent, int bytes) {
        return new QueueWrite<>(step, sent, bytes, deadline());
    }

    private long deadline() {
        return System.nanoTime() + patience;
    }

    private <T> CompletionStage<T> submit(UserId user, QueueCall<T> call) {
        boolean first;
        try {
            first = lanes.add(user, call);
        } catch (ChatException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<T> answer = call.answer.whenComplete((result, failure) -> lanes.settled(call));
        if (first) {
            work(user, Optional.empty());
        }
        return answer;
    }

    /** Round after round, as long as there is something to do for this user. */
    private void work(UserId user, Optional<QueueState> had) {
        var unused = gate.run(() -> round(user, had)).thenAccept(there -> {
            if (there.map(QueueChores::due).orElse(false) || !lanes.ended(user)) {
                work(user, there);
            }
        });
    }

    private CompletionStage<Optional<QueueState>> round(UserId user, Optional<QueueState> had) {
        List<QueueCall<?>> calls = lanes.next(user);
        calls.stream().filter(QueueCall::overdue).forEach(each -> each.fail(Faults.unavailable("DynamoDB is busy")));
        List<QueueCall<?>> waiting =
                calls.stream().filter(each -> !each.answer.isDone()).toList();
        if (waiting.isEmpty() && !calls.isEmpty()) {
            return CompletableFuture.completedFuture(had);
        }
        Busy busy = new Busy(waiting.isEmpty() ? deadline() : waiting.get(0).deadline);
        List<QueueRead> reads = only(QueueRead.class, waiting);
        List<QueueWrite<?>> writes = waiting.stream()
                .<QueueWrite<?>>mapMulti((each, to) -> {
                    if (each instanceof QueueWrite<?> write) {
                        to.accept(write);
                    }
                })
                .toList();
        return reads.isEmpty() ? writer.write(user, writes, had, busy) : reader.read(user, reads, busy);
    }

    private static <C> List<C> only(Class<C> kind, List<QueueCall<?>> calls) {
        return calls.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * Takes no more calls and waits until those that were made are answered, for at most the time-outs of a write and a
     * request together; blocks for that long. Repeating it does nothing.
     */
    @Override
    public void close() {
        try {
            lanes.close().get(closeMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the queue is closed before all calls are answered: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("interrupted while the last calls of the queue were answered");
        }
    }
}
