package io.webchat.dynamo;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets so many requests be under way at once; others wait for their turn, in their order. */
final class Gate {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;
    private boolean starting;

    Gate(int width) {
        free = width;
    }

    <T extends @Nullable Object> CompletableFuture<T> run(Supplier<? extends CompletionStage<T>> request) {
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
                answer.completeExceptionally(Faults.cause(failure));
            }
        });
    }

    private void done() {
        synchronized (this) {
            free++;
        }
        startWaiting();
    }

    /** One thread at a time, in a loop: a request that is answered at once makes no stack grow. */
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
