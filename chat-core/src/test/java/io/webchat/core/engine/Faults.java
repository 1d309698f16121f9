package io.webchat.core.engine;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
        /** Never answers, and does nothing. */
        HANG
    }

    private volatile Fault fault = Fault.NONE;
    private final AtomicInteger times = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    void always(Fault what) {
        next(Integer.MAX_VALUE, what);
    }

    void next(int calls, Fault what) {
        times.set(calls);
        fault = what;
    }

    void heal() {
        fault = Fault.NONE;
    }

    int calls() {
        return calls.get();
    }

    <T> CompletionStage<T> apply(Supplier<CompletionStage<T>> call) {
        calls.incrementAndGet();
        Fault now = fault != Fault.NONE && times.getAndDecrement() > 0 ? fault : Fault.NONE;
        return switch (now) {
            case NONE -> call.get();
            case REFUSE ->
                CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "refused by the test"));
            case LOSE_ANSWER ->
                call.get()
                        .thenCompose(done -> CompletableFuture.failedFuture(new IllegalStateException("answer lost")));
            case HANG -> new CompletableFuture<>();
        };
    }
}
