package io.webchat.core.internal.async;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes at most so many asynchronous calls at a time. The others wait in their order. */
public final class BoundedCalls {
    private final int max;
    /** Guarded by this. */
    private final Queue<WaitingCall<?>> waiting = new ArrayDeque<>();
    /** The number of requests to start calls. One thread serves them all, so calls that end at once do not nest. */
    private final AtomicInteger requests = new AtomicInteger();
    /** Guarded by this. */
    private int underWay;
    /** Guarded by this. */
    private boolean closed;

    private record WaitingCall<T>(Supplier<CompletableFuture<T>> call, CompletableFuture<T> answer) {
        /** Makes the call. The result completes when the call has ended, and never fails. */
        CompletableFuture<Void> make() {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            Completions.whenDone(made(), (result, failure) -> {
                ended.complete(null);
                if (failure == null) {
                    answer.complete(result);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            return ended;
        }

        private CompletableFuture<T> made() {
            try {
                return call.get();
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    /** At most {@code max} calls at a time. */
    public BoundedCalls(int max) {
        this.max = max;
    }

    /** Makes the call as soon as it is its turn; fails with {@code unavailable} if this is closed before. */
    public <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
        WaitingCall<T> added = new WaitingCall<>(call, new CompletableFuture<>());
        if (add(added)) {
            startWaiting();
        } else {
            added.answer.completeExceptionally(closed());
        }
        return added.answer;
    }

    private synchronized boolean add(WaitingCall<?> call) {
        return !closed && waiting.add(call);
    }

    private static ChatException closed() {
        return new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect");
    }

    private void startWaiting() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        int served = 1;
        do {
            for (WaitingCall<?> next = next(); next != null; next = next()) {
                Completions.whenDone(next.make(), (done, none) -> {
                    end();
                    startWaiting();
                });
            }
            served = requests.addAndGet(-served);
        } while (served > 0);
    }

    private synchronized @Nullable WaitingCall<?> next() {
        WaitingCall<?> next = underWay < max ? waiting.poll() : null;
        underWay += next == null ? 0 : 1;
        return next;
    }

    private synchronized void end() {
        underWay--;
    }

    /** Fails all calls that wait. Calls that are under way go on. */
    public void close() {
        closeAndTake().forEach(each -> each.answer.completeExceptionally(closed()));
    }

    private synchronized List<WaitingCall<?>> closeAndTake() {
        closed = true;
        List<WaitingCall<?>> left = new ArrayList<>(waiting);
        waiting.clear();
        return left;
    }
}
