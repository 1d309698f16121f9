package io.webchat.dynamo.internal.table;

import io.webchat.core.spi.support.Failures;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Limits how many requests are in flight. The others wait and start in their order. */
public final class ConcurrencyLimiter {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;
    private boolean starting;

    /** At most this many requests are in flight. */
    public ConcurrencyLimiter(int max) {
        free = max;
    }

    /** Starts the request at once, or later in its turn; completes as it does. */
    public <T extends @Nullable Object> CompletableFuture<T> run(Supplier<? extends CompletionStage<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(() -> start(request, answer));
        }
        startWaiting();
        return answer;
    }

    private <T extends @Nullable Object> void start(
            Supplier<? extends CompletionStage<T>> request, CompletableFuture<T> answer) {
        CompletionStage<T> stage;
        try {
            stage = request.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        var unused = stage.whenComplete((result, failure) -> {
            done();
            if (failure == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(Failures.unwrap(failure));
            }
        });
    }

    private void done() {
        synchronized (this) {
            free++;
        }
        startWaiting();
    }

    /** Runs on one thread at a time, as a loop, so that requests with an immediate answer do not deepen the stack. */
    private void startWaiting() {
        for (Runnable next = next(true); next != null; next = next(false)) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next(boolean first) {
        if (first && starting) {
            return null;
        }
        starting = free > 0 && !waiting.isEmpty();
        if (starting) {
            free--;
            return waiting.poll();
        }
        return null;
    }
}
