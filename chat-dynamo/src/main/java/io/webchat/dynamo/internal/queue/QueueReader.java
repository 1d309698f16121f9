package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventCodec;
import io.webchat.core.EventKind;
import io.webchat.core.UserId;
import io.webchat.core.spi.QueueEpoch;
import io.webchat.core.spi.QueueSlice;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads queues: the head item, and a query for the events that are not in it. */
record QueueReader(QueueTable table, ExpiredEventTrimmer trimmer) {
    private static final Logger log = LoggerFactory.getLogger(QueueReader.class);

    /** The range of a read in the current queue. */
    private record Span(QueueState state, long from, long to) {
        static Span of(QueueRead read, QueueState state) {
            long from = read.after < state.first ? state.first : Math.min(read.after, state.next - 1) + 1;
            long to = Math.min(state.next, from + Math.max(0, read.limit));
            return new Span(state, from, to);
        }

        long itemsTo() {
            return Math.min(to, state.recentFrom());
        }

        Optional<byte[]> recent(long seq) {
            return seq < state.recentFrom()
                    ? Optional.empty()
                    : Optional.of(
                            state.recent.get((int) (seq - state.recentFrom())).event());
        }
    }

    /** Answers the calls; completes with the state in the table, if known. */
    CompletableFuture<Optional<QueueState>> read(UserId user, List<QueueRead> calls, ThrottleRetry retry) {
        return table.head(user, retry)
                .thenCompose(head -> trimmer.trim(user, head, retry)
                        .thenCompose(state -> Futures.all(calls.stream()
                                .map(each -> answer(user, each, state, retry))
                                .toList()))
                        .thenApply(done -> Optional.of(head)))
                .exceptionally(failure -> {
                    calls.forEach(each -> each.fail(failure));
                    return Optional.empty();
                });
    }

    private CompletableFuture<Void> answer(UserId user, QueueRead read, QueueState state, ThrottleRetry retry) {
        return slice(user, read, state, retry).thenAccept(read.answer::complete);
    }

    private CompletableFuture<QueueSlice> slice(UserId user, QueueRead read, QueueState state, ThrottleRetry retry) {
        Span span = Span.of(read, state);
        if (span.from >= span.itemsTo()) {
            return CompletableFuture.completedFuture(slice(user, span, Map.of()));
        }
        return table.events(user, span.from, span.itemsTo(), retry)
                .thenCompose(found -> found.size() < span.itemsTo() - span.from
                        ? again(user, read, span, found, retry)
                        : CompletableFuture.completedFuture(slice(user, span, found)));
    }

    /** Events are missing: they were unlinked since the head item was read, or somebody deleted them. */
    private CompletableFuture<QueueSlice> again(
            UserId user, QueueRead read, Span span, Map<Long, byte[]> found, ThrottleRetry retry) {
        return table.head(user, retry)
                .thenCompose(head -> head.tag.equals(span.state.tag) || retry.isOver()
                        ? CompletableFuture.completedFuture(slice(user, span, found))
                        : trimmer.trim(user, head, retry).thenCompose(state -> slice(user, read, state, retry)));
    }

    private static QueueSlice slice(UserId user, Span span, Map<Long, byte[]> found) {
        List<Envelope> events = new ArrayList<>();
        for (long seq = span.from; seq < span.to; seq++) {
            byte[] item = found.get(seq);
            events.add(event(user, seq, span.recent(seq).orElse(item == null ? new byte[0] : item)));
        }
        long confirmed = span.state.devices.values().stream()
                .mapToLong(QueueDevice::cursor)
                .reduce(span.state.first - 1, Math::max);
        return new QueueSlice(
                QueueEpoch.CONSTANT, events, span.state.first, span.state.next, span.state.devices.size(), confirmed);
    }

    /**
     * An unreadable event, such as one that a newer node wrote, becomes a gap: the events behind it must not wait for
     * ever.
     */
    private static Envelope event(UserId user, long seq, byte[] stored) {
        try {
            Envelope envelope = EventCodec.decode(stored);
            if (envelope.seq() != seq) {
                throw new ChatException(ErrorCode.INTERNAL, "it says that it is event " + envelope.seq());
            }
            return envelope;
        } catch (ChatException unreadable) {
            log.error("cannot read event {} in the queue of {}; the device gets a gap instead", seq, user, unreadable);
            ChatEvent.Notice gap = ChatEvent.Notice.of(
                    EventKind.GAP, user, "an event here cannot be read; the call log has the messages");
            return Envelope.stored(seq, gap.timestamp() * 1000, gap);
        }
    }
}
