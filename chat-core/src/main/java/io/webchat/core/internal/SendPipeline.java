package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatObserver;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.MessageStatus;
import io.webchat.core.SendResult;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Mark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The life of an event from its acceptance to the acknowledgement: append to the recipient's queue, record,
 * publish. A resend takes every step again, because the first attempt may have died between any two of
 * them; each step is safe to repeat.
 */
final class SendPipeline {
    /** How many publishes of one signal are under way at once. */
    private static final int UNDER_WAY = 64;

    private final Backends backends;
    private final ChatObserver observer;
    private final OfflineNotifier offline;
    private final RoomSends rooms;

    SendPipeline(Backends backends, ChatObserver observer, OfflineNotifier offline) {
        this.backends = backends;
        this.observer = observer;
        this.offline = offline;
        this.rooms = new RoomSends(backends, observer, this::publish);
    }

    /** Sends a message; {@code copy} is what the author's other devices get, null where there are none. */
    Sending message(ChatEvent.Message message, ChatEvent.@Nullable Message copy) {
        long start = System.nanoTime();
        CompletableFuture<Placed> appended = append(message);
        // Submitted right away, so that copies keep the order of the messages.
        CompletableFuture<@Nullable Envelope> copied = copy == null
                ? CompletableFuture.completedFuture(null)
                : backends.append(copy.from(), copy)
                        .thenApply(place -> Envelope.stored(place.seq(), place.storedAt(), copy));
        return Sending.submitted(appended.thenCompose(placed -> backends.record(message, placed.place())
                .thenCombine(copied, (recorded, own) -> own)
                .thenCompose(own -> publish(message, placed, own))
                .thenApply(own -> {
                    Appended place = placed.place();
                    observer.accepted(place.duplicate(), Duration.ofNanos(System.nanoTime() - start));
                    return new SendResult(
                            message.id(), own == null ? 0 : own.seq(), place.storedAt(), place.duplicate());
                })));
    }

    /** A log that other nodes read too has a message before anybody sees it; one of this node's own has it at once. */
    private CompletableFuture<Placed> append(ChatEvent.Message message) {
        return backends.logComplete()
                ? backends.append(message.to(), message).thenApply(place -> new Placed(place, Placed.UNPUBLISHED))
                : backends.place(message.to(), message);
    }

    private CompletableFuture<@Nullable Envelope> publish(
            ChatEvent.Message message, Placed placed, @Nullable Envelope own) {
        if (own != null) {
            ignoringFailure(backends.publish(message.from(), own));
        }
        if (placed.published()) {
            heard(message, placed.receivers());
            return CompletableFuture.completedFuture(own);
        }
        return publish(message, placed.place()).thenApply(done -> own);
    }

    private void heard(ChatEvent.Message message, int receivers) {
        if (receivers == 0) {
            observer.offline();
            offline.notify(message.to(), message);
        }
    }

    /** Publishes a message that is stored; the host hears of one that reaches nobody. */
    private CompletableFuture<Void> publish(ChatEvent.Message message, Appended place) {
        Envelope envelope = Envelope.stored(place.seq(), place.storedAt(), message);
        return backends.publish(message.to(), envelope).handle((receivers, failure) -> {
            // The message is stored: a lost publish costs latency, and must not fail the send.
            if (failure == null && !place.duplicate()) {
                heard(message, receivers);
            }
            return null;
        });
    }

    /**
     * Stores a receipt for the message's author, raises the conversation's marks (0 leaves one as it is),
     * publishes.
     */
    CompletableFuture<SendResult> receipt(ChatEvent.Receipt receipt, long deliveredUpTo, long displayedUpTo) {
        return backends.place(receipt.to(), receipt).thenCompose(placed -> {
            Appended place = placed.place();
            CompletableFuture<Void> marked = mark(receipt, MessageStatus.DISPLAYED, displayedUpTo);
            if (deliveredUpTo > displayedUpTo) {
                marked = CompletableFuture.allOf(marked, mark(receipt, MessageStatus.DELIVERED, deliveredUpTo));
            }
            // Also where the mark failed: when it is tried again the receipt is a duplicate, which may stand for a
            // higher one and is therefore not published.
            return marked.whenComplete((done, failure) -> publish(receipt, placed))
                    .thenApply(done -> new SendResult(receipt.id(), 0, place.storedAt(), place.duplicate()));
        });
    }

    private CompletableFuture<Void> mark(ChatEvent.Receipt receipt, MessageStatus status, long upTo) {
        return upTo == 0
                ? CompletableFuture.completedFuture(null)
                : backends.mark(new Mark(receipt.conversation(), receipt.to(), receipt.from(), status, upTo));
    }

    private void publish(ChatEvent.Receipt receipt, Placed placed) {
        Appended place = placed.place();
        if (!place.duplicate()) {
            observer.receiptStored(receipt.kind());
        }
        if (!place.duplicate() && !placed.published()) {
            ignoringFailure(backends.publish(receipt.to(), Envelope.stored(place.seq(), place.storedAt(), receipt)));
        }
    }

    /** Sends a message to the author's room, from this device, to the other members. */
    Sending toRoom(ChatEvent.Message message, DeviceId device, List<UserId> others) {
        return rooms.message(message, device, others);
    }

    /** Publishes a signal to these members of a room, as far as they are online. */
    CompletableFuture<SendResult> signal(ChatEvent.Signal signal, List<UserId> others) {
        return Fanout.over(
                        others, UNDER_WAY, member -> backends.publish(member, Envelope.passing(signal.copyTo(member))))
                .done()
                .thenApply(done -> new SendResult(null, 0, 0, false));
    }

    /** Publishes a signal to whoever is online. */
    CompletableFuture<SendResult> signal(ChatEvent event) {
        return backends.publish(event.to(), Envelope.passing(event))
                .thenApply(receivers -> new SendResult(null, 0, 0, false));
    }

    /** The failure has been observed and logged where it arose; what was to be published is stored. */
    static void ignoringFailure(CompletableFuture<Integer> published) {
        Stages.whenDone(published, (receivers, failure) -> {});
    }
}
