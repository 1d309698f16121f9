package io.webchat.core.internal.async;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One answer for several requests, which get it in the order in which they came. A plain future would call the youngest
 * first, so events that wait for the same permission would overtake each other.
 */
final class SharedAnswer<V> {
    /** Guarded by this. */
    private final Queue<CompletableFuture<V>> waiting = new ArrayDeque<>();

    /** Set when nobody waits any more. */
    private volatile @Nullable CompletableFuture<V> done;

    /** Returns the answer. */
    CompletableFuture<V> get() {
        CompletableFuture<V> answer = done;
        return answer == null ? waiter() : answer;
    }

    private synchronized CompletableFuture<V> waiter() {
        CompletableFuture<V> answer = done;
        if (answer != null) {
            return answer;
        }
        CompletableFuture<V> mine = new CompletableFuture<>();
        waiting.add(mine);
        return mine;
    }

    /** Returns the value if it is there; null otherwise. */
    @Nullable
    V known() {
        CompletableFuture<V> answer = done;
        return answer == null || answer.isCompletedExceptionally() ? null : answer.join();
    }

    /** Answers all requests with this completed future. Called once. */
    void complete(CompletableFuture<V> answer) {
        for (CompletableFuture<V> next = next(answer); next != null; next = next(answer)) {
            CompletableFuture<V> waiter = next;
            Completions.whenDone(answer, (value, failure) -> {
                if (failure == null) {
                    waiter.complete(value);
                } else {
                    waiter.completeExceptionally(failure);
                }
            });
        }
    }

    private synchronized @Nullable CompletableFuture<V> next(CompletableFuture<V> answer) {
        CompletableFuture<V> next = waiting.poll();
        if (next == null) {
            done = answer;
        }
        return next;
    }
}
