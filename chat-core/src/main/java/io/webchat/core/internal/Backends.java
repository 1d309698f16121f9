package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ConversationId;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.CallLogRemoval;
import io.webchat.core.spi.CallLogStore;
import io.webchat.core.spi.Mark;
import io.webchat.core.spi.NewMessageLog;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.PublishingQueue;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.RoomStore;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.support.Failures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends as the engine sees them: each call ends within the time-out, and whatever goes wrong arrives
 * as a {@link ChatException}, most often {@code unavailable}.
 */
final class Backends {
    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    private final EngineParts parts;
    private final Deadlines deadlines;
    /** The queue, where it can publish what it appends to where the router's subscribers listen. */
    private final @Nullable PublishingQueue publishing;

    Backends(EngineParts parts) {
        this.parts = parts;
        this.deadlines = new Deadlines(parts.config().backendTimeout());
        this.publishing =
                parts.queue() instanceof PublishingQueue able && able.publishesTo(parts.router()) ? able : null;
    }

    CompletableFuture<Subscription> subscribe(UserId user, RouterListener listener) {
        CompletableFuture<Subscription> made = call(() -> parts.router().subscribe(user, listener));
        return guard("subscribe", made).whenComplete((there, failure) -> {
            if (failure != null) {
                // One that comes after the time-out is nobody's: without this it would stay, and its user look online.
                Stages.whenDone(made.thenCompose(Subscription::cancel), (done, none) -> {});
            }
        });
    }

    CompletableFuture<Integer> publish(UserId user, Envelope envelope) {
        return guard("publish", () -> parts.router().publish(user, envelope));
    }

    CompletableFuture<Boolean> isOnline(UserId user) {
        return guard("isOnline", () -> parts.router().isOnline(user));
    }

    CompletableFuture<Attachment> attach(UserId user, DeviceId device, long after) {
        return guard("attach", () -> parts.queue().attach(user, device, after));
    }

    CompletableFuture<Appended> append(UserId user, ChatEvent event) {
        return guard("append", () -> parts.queue().append(user, event));
    }

    /** As {@link #append}; publishes what is new in the same step where the queue is able to. */
    CompletableFuture<Placed> place(UserId user, ChatEvent event) {
        PublishingQueue able = publishing;
        if (able == null) {
            return append(user, event).thenApply(place -> new Placed(place, Placed.UNPUBLISHED));
        }
        return guard("append", () -> able.appendAndPublish(user, event)).thenApply(done -> {
            Appended place = done.appended();
            return new Placed(place, place.duplicate() ? Placed.UNPUBLISHED : done.receivers());
        });
    }

    CompletableFuture<QueueSlice> read(UserId user, long after, int limit) {
        return guard("read", () -> parts.queue().read(user, after, limit));
    }

    CompletableFuture<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return guard("confirm", () -> parts.queue().confirm(user, device, upTo));
    }

    /** Records a message by the place that a queue gave it. */
    CompletableFuture<Void> record(ChatEvent.Message message, Appended place) {
        if (!place.duplicate() && parts.log() instanceof NewMessageLog log) {
            return guard("log", () -> log.appendNew(message.conversation(), message, place.storedAt()));
        }
        return guard("log", () -> parts.log().append(message.conversation(), message, place.storedAt()));
    }

    CompletableFuture<Void> mark(Mark mark) {
        return guard("mark", () -> parts.log().mark(mark));
    }

    /** Whether the call log may fill gaps of the queue. */
    boolean logComplete() {
        return parts.logComplete();
    }

    CompletableFuture<Void> hide(UserId user, ConversationId conversation, long upTo) {
        if (parts.log() instanceof CallLogRemoval removal) {
            return guard("hide", () -> removal.hide(user, conversation, upTo));
        }
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.FORBIDDEN, "this server's call log keeps everything"));
    }

    CompletableFuture<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return guard("find", () -> parts.log().find(conversation, author, id));
    }

    /** Any other question to the call log. */
    <T> CompletableFuture<T> logs(String operation, Function<CallLogStore, CompletionStage<T>> question) {
        return guard(operation, () -> question.apply(parts.log()));
    }

    /** A question to the rooms, or a change of them. */
    <T> CompletableFuture<T> rooms(String operation, Function<RoomStore, CompletionStage<T>> question) {
        return guard(operation, () -> question.apply(parts.rooms()));
    }

    /** A question to the profiles and blocks, or a change of them. */
    <T> CompletableFuture<T> profiles(String operation, Function<ProfileStore, CompletionStage<T>> question) {
        return guard(operation, () -> question.apply(parts.profiles()));
    }

    private <T> CompletableFuture<T> guard(String operation, Supplier<CompletionStage<T>> call) {
        return guard(operation, call(call));
    }

    private static <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException e) {
            // An adapter should fail through the stage; one that does not must not end the session.
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletableFuture<T> guard(String operation, CompletableFuture<T> answer) {
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return answer;
        }
        // Another future than the adapter's, which is not the engine's to complete.
        CompletableFuture<T> result = new CompletableFuture<>();
        Stages.whenDone(answer, (value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(translated(operation, failure));
            }
        });
        deadlines.watch(
                result, () -> result.completeExceptionally(translated(operation, new TimeoutException(operation))));
        return result;
    }

    private ChatException translated(String operation, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known && known.code() != ErrorCode.UNAVAILABLE) {
            return known;
        }
        parts.observer().backendFailed(operation);
        log.debug("{} failed", operation, cause);
        return cause instanceof ChatException known
                ? known
                : new ChatException(ErrorCode.UNAVAILABLE, "the server's " + operation + " failed, try again", cause);
    }
}
