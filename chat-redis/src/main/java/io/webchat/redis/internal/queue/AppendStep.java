package io.webchat.redis.internal.queue;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.PublishingQueue.Published;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.redis.internal.client.ServerIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One call of an append script, for events to one user: messages, receipts or one amendment. Events may join until
 * the call is sent. The arguments are made when it is sent, so that this node knows the Seqs that it expects.
 */
final class AppendStep {
    private static final int MAX_EVENTS = 32;

    /** The bytes of events that may join. They count from the start, so that waiting commands have a bound. */
    static final int JOINING_BYTES = 2 << 10;

    private static final int CONFLICT = 2;

    /** The length of the longest reply that has no result for each event. */
    private static final int LONG = 6;

    /** The length of the reply to a deletion that has left content: see delete.lua. */
    private static final int UNFINISHED = 2;

    private static final byte[] NONE = {};

    /** An event with the future of its result. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes the arrays
    private record Item(byte[] name, byte[] content, byte[] open, CompletableFuture<Published> result) {}

    private final QueueArguments common;
    private final KnownQueue queue;
    private final StepKind kind;
    private final boolean publish;
    private final long after;
    private final List<Item> items = new ArrayList<>(1);
    /** The arguments behind those of the events. */
    private List<byte[]> more = List.of();

    private int bytes;
    private int joined;
    private boolean large;
    private boolean sealed;

    /** The state with which the call was sent last. Guarded by the monitor of the queue. */
    private QueueEpoch epoch = QueueEpoch.NONE;

    private long expected;
    private long firstTime;

    /**
     * A step without events.
     *
     * @param kind the events that it takes
     * @param publish whether the events are published on the user's channel of plain pub/sub
     * @param after the events are stored later than this time, Unix milliseconds
     */
    AppendStep(QueueArguments common, KnownQueue queue, StepKind kind, boolean publish, long after) {
        this.common = common;
        this.queue = queue;
        this.kind = kind;
        this.publish = publish;
        this.after = after;
    }

    /** Adds an event. Returns false if the call was sent already, or has no capacity. */
    synchronized boolean join(ChatEvent event, CompletableFuture<Published> result) {
        if (sealed || !StepKind.of(event).equals(Optional.of(kind)) || items.size() == MAX_EVENTS) {
            return false;
        }
        byte[] open = EventFrames.open(event);
        if (!items.isEmpty()) {
            joined += open.length;
        }
        if (joined > JOINING_BYTES) {
            sealed = true;
            return false;
        }
        EventFingerprint fingerprint = EventFingerprint.of(event);
        items.add(new Item(fingerprint.nameBytes(), fingerprint.contentBytes(), open, result));
        bytes += open.length;
        large |= common.isLarge(open.length);
        if (event instanceof Amendment amendment) {
            more = AmendmentArguments.of(amendment);
            sealed = true;
        }
        return true;
    }

    StepKind kind() {
        return kind;
    }

    boolean publishes() {
        return publish;
    }

    synchronized int bytes() {
        return bytes;
    }

    /** No further event joins. */
    synchronized void seal() {
        sealed = true;
    }

    synchronized boolean isSealed() {
        return sealed;
    }

    /** The arguments of the script: see append.lua. */
    byte[][] arguments(ServerIdentity server) {
        seal();
        byte[] seq = NONE;
        boolean longWay;
        String counter;
        synchronized (queue) {
            long now = common.millis(server);
            boolean known = queue.isAt(server);
            longWay = large || (known && queue.isDue(now, items.size()));
            expected = known && !longWay ? queue.expect(items.size()) : 0;
            counter = expected > 0 ? queue.counter() : KnownQueue.unknown(server);
            epoch = queue.epoch();
            firstTime = queue.nextTimes(Math.max(now, after + 1), items.size());
        }
        if (expected > 0) {
            seq = EventFrames.number(expected);
        }
        List<byte[]> all = new ArrayList<>(4 + 3 * items.size());
        all.add(QueueArguments.text(counter));
        all.add(seq);
        all.add(common.numbers());
        all.add(common.way(publish, longWay));
        long time = firstTime;
        for (Item each : items) {
            all.add(each.name());
            all.add(tail(time, each.content()));
            all.add(EventFrames.stored(time++, each.open()));
        }
        all.addAll(more);
        return all.toArray(byte[][]::new);
    }

    /** The arguments of delete-rest.lua, after the call of delete.lua. */
    byte[][] restArguments() {
        List<byte[]> all = new ArrayList<>();
        all.add(common.numbers());
        all.add(EventFrames.stored(firstTime, items.get(0).open()));
        all.addAll(more);
        return all.toArray(byte[][]::new);
    }

    /** The reply to the append, if the reply to delete.lua says that content is left; empty otherwise. */
    static Optional<Object> ofUnfinished(Object reply) {
        return reply instanceof List<?> parts && parts.size() == UNFINISHED
                ? Optional.of(parts.get(0))
                : Optional.empty();
    }

    /** The time in 6 bytes, and the content. */
    private static byte[] tail(long time, byte[] content) {
        return ByteBuffer.allocate(6 + content.length)
                .putShort((short) (time >> 32))
                .putInt((int) time)
                .put(content)
                .array();
    }

    /** Fails the results of all events. */
    void fail(Throwable failure) {
        seal();
        items.forEach(each -> each.result().completeExceptionally(failure));
    }

    /** Completes the results of the events with the reply to the script: see append.lua. */
    void complete(Object reply) {
        seal();
        if (reply instanceof Long receivers) {
            completeUsual(epoch, expected, receivers, 0);
            return;
        }
        List<?> parts = (List<?>) reply;
        QueueEpoch now;
        synchronized (queue) {
            queue.learn(parts);
            now = KnownQueue.isKnownBy(parts) ? queue.epoch() : epoch;
        }
        if (parts.size() > LONG) {
            completeSlow(now, parts);
        } else {
            completeUsual(now, number(parts, 1), number(parts, 0), (int) number(parts, 2));
        }
    }

    private static long number(List<?> reply, int index) {
        return (Long) reply.get(index);
    }

    private void completeUsual(QueueEpoch in, long last, long receivers, int removed) {
        long seq = last - items.size();
        long time = firstTime;
        for (Item each : items) {
            seq++;
            Appended appended = new Appended(in, seq, time++, false, seq == last ? removed : 0);
            each.result().complete(new Published(appended, (int) receivers));
        }
    }

    private void completeSlow(QueueEpoch in, List<?> reply) {
        int at = LONG;
        for (Item each : items) {
            long outcome = number(reply, at);
            if (outcome == CONFLICT) {
                each.result()
                        .completeExceptionally(
                                new ChatException(ErrorCode.CONFLICT, "this MsgID was used for another message"));
            } else {
                boolean duplicate = outcome != 0;
                Appended appended = new Appended(
                        in, number(reply, at + 1), number(reply, at + 2), duplicate, (int) number(reply, at + 3));
                if (!duplicate) {
                    synchronized (queue) {
                        queue.learnTime(appended.storedAt());
                    }
                }
                each.result().complete(new Published(appended, duplicate ? 0 : (int) number(reply, 0)));
            }
            at += 4;
        }
    }
}
