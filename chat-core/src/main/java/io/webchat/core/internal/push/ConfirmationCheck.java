package io.webchat.core.internal.push;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.MessageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks the queue of one user which of these messages no device has confirmed. Used once. */
final class ConfirmationCheck {
    private static final int PAGE = 64;
    /** Events that are further behind are not looked for. */
    private static final int MAX_PAGES = 32;

    private final BackendCalls backends;
    private final UserId user;
    private final long epoch;
    private final long first;
    private final long last;
    /** The messages that are not found yet, and the Seq of each in its epoch. */
    private final Map<MessageKey, Long> wanted = new HashMap<>();

    private final List<ChatEvent.Message> found = new ArrayList<>();

    /**
     * The outcome of a check.
     *
     * @param unconfirmed the messages that no device has confirmed, in the order of the queue
     * @param unknown the number of messages that are too far behind to be looked for
     */
    record Outcome(List<ChatEvent.Message> unconfirmed, int unknown) {}

    ConfirmationCheck(BackendCalls backends, UserId user, List<WaitingMessage> messages) {
        this.backends = backends;
        this.user = user;
        this.epoch = messages.get(0).epoch();
        this.first = messages.stream().mapToLong(WaitingMessage::seq).min().orElse(0);
        this.last = messages.stream().mapToLong(WaitingMessage::seq).max().orElse(0);
        messages.forEach(each -> wanted.put(each.key(), each.seq()));
    }

    /** Asks the queue. */
    CompletableFuture<Outcome> run() {
        return read(first - 1, 1).thenApply(unknown -> new Outcome(found, unknown));
    }

    /** Reads on; returns how many messages it did not get to. */
    private CompletableFuture<Integer> read(long after, int page) {
        return backends.read(user, after, PAGE).thenCompose(slice -> {
            slice.events().stream()
                    .filter(each -> each.seq() > slice.confirmed())
                    .forEach(this::take);
            List<Envelope> events = slice.events();
            long seq = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
            // In another epoch the messages have other, higher Seqs.
            boolean sameEpoch = slice.epoch().number() == epoch;
            if (events.size() < PAGE || (sameEpoch && seq >= last) || wanted.isEmpty()) {
                return CompletableFuture.completedFuture(0);
            }
            return page == MAX_PAGES
                    ? CompletableFuture.completedFuture(behind(sameEpoch ? seq : 0))
                    : read(seq, page + 1);
        });
    }

    private int behind(long seq) {
        return (int) wanted.values().stream().filter(each -> each > seq).count();
    }

    private void take(Envelope envelope) {
        if (envelope.event() instanceof ChatEvent.Message message
                && message.fromDevice() == null
                && message.deletion() == null
                && wanted.remove(MessageKey.of(message)) != null) {
            found.add(message);
        }
    }
}
