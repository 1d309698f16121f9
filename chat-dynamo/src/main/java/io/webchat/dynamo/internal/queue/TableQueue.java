package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.UndeliveredMessages;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.dynamo.internal.table.ConcurrencyLimiter;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableSettings;
import io.webchat.dynamo.internal.table.ThrottleRetry;
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
 * Offline queues in the table. A node handles the calls for one user in their order, and all waiting calls of one kind
 * together.
 */
public final class TableQueue implements OfflineQueue, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableQueue.class);
    private static final int MAX_IN_FLIGHT = 48;

    private final QueueLimits limits;
    private final PendingQueueCalls pending;
    private final QueueWriter writer;
    private final QueueReader reader;
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(MAX_IN_FLIGHT);
    private final long patience;
    private final long closeMillis;

    /**
     * Queues in the table of these settings.
     *
     * @throws IllegalArgumentException if the limits allow more devices than an item can hold
     */
    public TableQueue(DynamoDbAsyncClient client, TableSettings settings, QueueLimits limits, Clock clock) {
        this.limits = QueueSizeLimits.checked(limits);
        QueueTable table = new QueueTable(new TableClient(client, settings), new QueueItems(limits), clock);
        ExpiredEventTrimmer trimmer = new ExpiredEventTrimmer(table);
        pending = new PendingQueueCalls(settings);
        writer = new QueueWriter(table, trimmer);
        reader = new QueueReader(table, trimmer);
        patience = settings.writeTimeout().toNanos();
        closeMillis = settings.closeMillis();
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return submit(user, step((state, before, micros) -> state.attach(device, after, micros, limits), null, 0));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        try {
            EventFingerprint sent = EventFingerprint.of(event);
            int bytes = QueueSizeLimits.of(event);
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
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return submit(user, step((state, before, micros) -> state.confirm(device, upTo, micros, limits), null, 0));
    }

    @Override
    public CompletionStage<Boolean> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return CompletableFuture.completedFuture(true);
    }

    /** Removes all events and devices; completes with the number of devices. */
    public CompletionStage<Integer> clear(UserId user) {
        return submit(user, step((state, before, micros) -> state.clear(), null, 0));
    }

    private <T> QueueWrite<T> step(QueueWrite.Step<T> step, @Nullable EventFingerprint sent, int bytes) {
        return new QueueWrite<>(step, sent, bytes, deadline());
    }

    private long deadline() {
        return System.nanoTime() + patience;
    }

    private <T> CompletionStage<T> submit(UserId user, QueueCall<T> call) {
        boolean first;
        try {
            first = pending.add(user, call);
        } catch (ChatException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<T> answer = call.answer.whenComplete((result, failure) -> pending.settled(call));
        if (first) {
            work(user, Optional.empty());
        }
        return answer;
    }

    /** Works round after round while calls for this user wait. */
    private void work(UserId user, Optional<QueueState> had) {
        var unused = limiter.run(() -> round(user, had)).thenAccept(there -> {
            if (there.map(HeadCompaction::due).orElse(false) || !pending.ended(user)) {
                work(user, there);
            }
        });
    }

    private CompletionStage<Optional<QueueState>> round(UserId user, Optional<QueueState> had) {
        List<QueueCall<?>> calls = pending.next(user);
        calls.stream().filter(QueueCall::overdue).forEach(each -> each.fail(DynamoErrors.unprocessed()));
        List<QueueCall<?>> waiting =
                calls.stream().filter(each -> !each.answer.isDone()).toList();
        if (waiting.isEmpty() && !calls.isEmpty()) {
            return CompletableFuture.completedFuture(had);
        }
        ThrottleRetry retry = new ThrottleRetry(waiting.isEmpty() ? deadline() : waiting.get(0).deadline);
        List<QueueRead> reads = only(QueueRead.class, waiting);
        List<QueueWrite<?>> writes = waiting.stream()
                .<QueueWrite<?>>mapMulti((each, to) -> {
                    if (each instanceof QueueWrite<?> write) {
                        to.accept(write);
                    }
                })
                .toList();
        return reads.isEmpty() ? writer.write(user, writes, had, retry) : reader.read(user, reads, retry);
    }

    private static <C> List<C> only(Class<C> kind, List<QueueCall<?>> calls) {
        return calls.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * Takes no more calls and waits until the earlier ones are answered. Blocks at most for the timeouts of a write and
     * a request together. Repeating it has no effect.
     */
    @Override
    public void close() {
        try {
            pending.close().get(closeMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the queue was closed before all calls were answered (waited {} ms)", closeMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("the queue was closed before all calls were answered: the closing thread was interrupted");
        }
    }
}
