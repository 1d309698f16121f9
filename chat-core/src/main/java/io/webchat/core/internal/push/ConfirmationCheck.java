package io.webchat.core.internal.push;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.MessageKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final Set<MessageKey> wanted = new HashSet<>();
    private final List<ChatEvent.Message> found = new ArrayList<>();

    ConfirmationCheck(BackendCalls backends, UserId user, List<WaitingMessage> messages) {
        this.backends = backends;
        this.user = user;
        this.epoch = messages.get(0).epoch();
        this.first = messages.stream().mapToLong(WaitingMessage::seq).min().orElse(0);
        this.last = messages.stream().mapToLong(WaitingMessage::seq).max().orElse(0);
        messages.forEach(each -> wanted.add(each.key()));
    }

    /** Returns the messages that no device has confirmed, in the order of the queue. */
    CompletableFuture<List<ChatEvent.Message>> unconfirmed() {
        return read(first - 1, 1).thenApply(done -> found);
    }

    private CompletableFuture<Void> read(long after, int page) {
        return backends.read(user, after, PAGE).thenCompose(slice -> {
            slice.events().stream()
                    .filter(each -> each.seq() > slice.confirmed())
                    .forEach(this::take);
            List<Envelope> events = slice.events();
            long seq = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
            // In another epoch the messages have other, higher Seqs.
            boolean passed = slice.epoch().number() == epoch && seq >= last;
            return events.size() < PAGE || passed || wanted.isEmpty() || page == MAX_PAGES
                    ? CompletableFuture.completedFuture(null)
                    : read(seq, page + 1);
        });
    }

    private void take(Envelope envelope) {
        if (envelope.event() instanceof ChatEvent.Message message
                && message.fromDevice() == null
                && message.deletion() == null
                && wanted.remove(MessageKey.of(message))) {
            found.add(message);
        }
    }
}
