package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatObserver;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.SendResult;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/**
 * The life of a message to a room. It stands in the author's own queue first: there a resend or a conflict is known
 * before anyone else has it, and the time there is the message's time in the call log. Then all other members' queues
 * and the call log get it. A resend takes every step again; each is safe to repeat. Where some members' queues do not
 * take it the send fails, and all others have it.
 */
final class RoomSends {
    /** How many members' queues are asked at once for one message. */
    private static final int UNDER_WAY = 64;
    /** So many queues that fail keep no other member from the message; more are an outage, which is left alone. */
    private static final int TOLERATED = 8;

    private final Backends backends;
    private final ChatObserver observer;
    /** Publishes what is stored; never fails. */
    private final BiFunction<ChatEvent.Message, Appended, CompletableFuture<Void>> publish;

    RoomSends(
            Backends backends,
            ChatObserver observer,
            BiFunction<ChatEvent.Message, Appended, CompletableFuture<Void>> publish) {
        this.backends = backends;
        this.observer = observer;
        this.publish = publish;
    }

    /** Sends a message, which is addressed to its author, to these members; {@code device} is where it comes from. */
    Sending message(ChatEvent.Message message, DeviceId device, List<UserId> others) {
        long start = System.nanoTime();
        ChatEvent.Message own = message.copyFrom(device);
        CompletableFuture<Rest> rest =
                backends.append(own.from(), own).thenApply(place -> rest(message, place, others));
        CompletableFuture<Void> submitted =
                rest.thenCompose(each -> each.members.begun()).exceptionally(failure -> null);
        return new Sending(submitted, rest.thenCompose(each -> answer(own, each, start)));
    }

    /** The first append, and what follows it: the members' queues, the record, and the publishes that follow both. */
    private record Rest(
            Appended place,
            Fanout<UserId> members,
            CompletableFuture<Void> recorded,
            Queue<CompletableFuture<Void>> published) {}

    private Rest rest(ChatEvent.Message message, Appended own, List<UserId> others) {
        CompletableFuture<Void> recorded = backends.record(message, own);
        Queue<CompletableFuture<Void>> published = new ConcurrentLinkedQueue<>();
        Fanout<UserId> members = Fanout.over(others, UNDER_WAY, TOLERATED, member -> {
            ChatEvent.Message copy = message.copyTo(member, own.storedAt());
            CompletableFuture<Appended> appended = backends.append(member, copy);
            published.add(appended.thenCombine(recorded, (place, done) -> place)
                    .thenCompose(place -> publish.apply(copy, place)));
            return appended;
        });
        return new Rest(own, members, recorded, published);
    }

    private CompletableFuture<SendResult> answer(ChatEvent.Message own, Rest rest, long start) {
        Appended place = rest.place;
        return CompletableFuture.allOf(rest.members.done(), rest.recorded)
                .thenCompose(done -> {
                    Envelope copy = Envelope.stored(place.seq(), place.storedAt(), own);
                    SendPipeline.ignoringFailure(backends.publish(own.from(), copy));
                    return CompletableFuture.allOf(rest.published.toArray(CompletableFuture<?>[]::new));
                })
                .thenApply(done -> {
                    observer.accepted(place.duplicate(), Duration.ofNanos(System.nanoTime() - start));
                    return new SendResult(own.id(), place.seq(), place.storedAt(), place.duplicate());
                });
    }
}
