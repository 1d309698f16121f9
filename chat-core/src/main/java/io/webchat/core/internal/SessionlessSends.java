package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.DeviceId;
import io.webchat.core.ErrorCode;
import io.webchat.core.RoomId;
import io.webchat.core.SendResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends of users without a session of theirs: what an application's own backend or an HTTP request says for them. */
final class SessionlessSends {
    /** Where the copies for the author's devices come from: none of these, so that all of them show it. */
    static final DeviceId DEVICE = DeviceId.of(".server");

    private final ChatConfig config;
    private final ChatObserver observer;
    private final UserRates rates;
    private final Permissions permissions;
    private final Backends backends;
    private final SendPipeline pipeline;
    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile boolean closed;

    SessionlessSends(
            EngineParts parts, UserRates rates, Permissions permissions, Backends backends, SendPipeline pipeline) {
        this.config = parts.config();
        this.observer = parts.observer();
        this.rates = rates;
        this.permissions = permissions;
        this.backends = backends;
        this.pipeline = pipeline;
    }

    CompletableFuture<SendResult> send(ChatEvent.Message given) {
        CompletableFuture<SendResult> answer = new CompletableFuture<>();
        // Counted before the question whether it is too late, so that the close cannot miss it.
        underWay.incrementAndGet();
        Stages.whenDone(accept(given.asSent()), (result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                ChatException refusal = Stages.failure(failure);
                observer.refused(refusal.code());
                answer.completeExceptionally(refusal);
            }
            underWay.decrementAndGet();
            checkIdle();
        });
        return answer;
    }

    private CompletableFuture<SendResult> accept(ChatEvent.Message message) {
        try {
            if (closed) {
                throw new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, try another one");
            }
            new Admission(message.from(), config, rates, rates.ofOneSession()).message(message);
            RoomId room = message.room();
            return room == null
                    ? toUser(message)
                    : permissions
                            .othersIn(room, message.from())
                            .thenCompose(others ->
                                    pipeline.toRoom(message, DEVICE, others).answer());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<SendResult> toUser(ChatEvent.Message message) {
        return permissions
                .write(message.from(), message.to())
                .thenCompose(may -> copy(message))
                .thenCompose(copy -> pipeline.message(message, copy).answer());
    }

    /** What the author's devices get, where there are any. */
    private CompletableFuture<ChatEvent.@Nullable Message> copy(ChatEvent.Message message) {
        if (message.to().equals(message.from())) {
            return CompletableFuture.completedFuture(null);
        }
        return backends.read(message.from(), 0, 1)
                .thenApply(slice -> slice.devices() > 0 ? message.copyFrom(DEVICE) : null);
    }

    /** Refuses what comes from now on; completes when all that was accepted has been answered. */
    CompletableFuture<Void> drain() {
        closed = true;
        checkIdle();
        return idle;
    }

    private void checkIdle() {
        if (closed && underWay.get() == 0) {
            idle.complete(null);
        }
    }
}
