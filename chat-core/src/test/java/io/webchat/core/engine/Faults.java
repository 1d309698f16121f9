package io.webchat.core.engine;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How a backend misbehaves: it may do its work or not, and answer, fail or stay silent. */
final class Faults {
    /** What happens to a call. */
    enum Fault {
        /** Works as it should. */
        NONE,
        /** Refuses without doing anything. */
        REFUSE,
        /** Does its work, but the answer is a failure: the crash after the write. */
        LOSE_ANSWER,
        /** Does its work, and answers a moment later on another thread, as a network does. */
        LATE,
        /** Does its work, and answers when the test says so. */
        WAIT,
        /** Never answers, and does nothing. */
        HANG
    }

    private volatile Supplier<Fault> die = () -> Fault.NONE;
    private volatile CompletableFuture<Void> released = CompletableFuture.completedFuture(null);
    private final AtomicInteger calls = new AtomicInteger();

    void always(Fault what) {
        die = () -> what;
    }

    void next(int calls, Fault what) {
        AtomicInteger times = new AtomicInteger(calls);
        die = () -> times.getAndDecrement() > 0 ? what : Fault.NONE;
    }

    /** The next call does its work and answers once the returned stage is completed. */
    CompletableFuture<Void> nextWaits() {
        CompletableFuture<Void> now = new CompletableFuture<>();
        released = now;
        next(1, Fault.WAIT);
        return now;
    }

    /** Throws the die for each call; it may be asked by several threads at once. */
    void randomly(Supplier<Fault> dice) {
        die = dice;
    }

    void heal() {
        always(Fault.NONE);
    }

    int calls() {
        return calls.get();
    }

    <T> CompletionStage<T> apply(Supplier<CompletionStage<T>> call) {
        calls.incrementAndGet();
        return switch (die.get()) {
            case NONE -> call.get();
            case REFUSE ->
                CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "refused by the test"));
            case LOSE_ANSWER ->
                call.get()
                        .thenCompose(done -> CompletableFuture.failedFuture(new IllegalStateException("answer lost")));
            case LATE -> late(call.get());
            case WAIT -> waiting(call.get(), released);
            case HANG -> new CompletableFuture<>();
        };
    }

    private static <T> CompletionStage<T> waiting(CompletionStage<T> answer, CompletionStage<Void> until) {
        return until.thenCompose(now -> answer);
    }

    private static <T> CompletionStage<T> late(CompletionStage<T> answer) {
        return answer.thenApplyAsync(done -> done, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
    }
}
