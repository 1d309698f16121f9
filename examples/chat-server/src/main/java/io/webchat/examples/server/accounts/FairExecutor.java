package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a few threads, one of each site in turn, and one of each of its keys in turn. So many tasks of one site
 * delay others by one task at most. The tasks that wait are bounded, for each key and for all. If too many wait in all,
 * the site with the most of them loses one. Safe for use by several threads.
 */
final class FairExecutor implements AutoCloseable {
    private record Task(Runnable work, CompletableFuture<?> result) {}

    private final ExecutorService threads;
    private final int maxOfKey;
    private final int max;
    /** Guarded by itself. */
    private final TurnQueue<Task> waiting = new TurnQueue<>();

    /**
     * Starts no thread before the first task.
     *
     * @param maxOfKey the tasks of one key that may wait
     * @param max the tasks of all keys that may wait
     */
    FairExecutor(String name, int threads, int maxOfKey, int max) {
        this.threads = Executors.newFixedThreadPool(threads, work -> thread(name, work));
        this.maxOfKey = maxOfKey;
        this.max = max;
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs the task in its turn; fails with {@code unavailable} if too many wait. */
    <T> CompletionStage<T> submit(TurnQueue.Turn turn, Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Task added = new Task(() -> complete(result, task), result);
        @Nullable Task lost;
        synchronized (waiting) {
            boolean full = waiting.size(turn) >= maxOfKey;
            lost = !full && waiting.size() >= max ? waiting.loseFor(turn) : null;
            if (full || waiting.size() >= max) {
                return CompletableFuture.failedFuture(tooMany());
            }
            waiting.add(turn, added);
        }
        if (lost != null) {
            lost.result().completeExceptionally(tooMany());
        }
        threads.execute(this::runNext);
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> task) {
        try {
            result.complete(task.get());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } catch (Error e) {
            result.completeExceptionally(e);
            throw e;
        }
    }

    private void runNext() {
        @Nullable Task next;
        synchronized (waiting) {
            next = waiting.next();
        }
        // A task that was lost to another one leaves none behind.
        if (next != null) {
            next.work().run();
        }
    }

    private static ChatException tooMany() {
        return new ChatException(ErrorCode.UNAVAILABLE, "too many people are signing in at this moment");
    }

    /** Ends the threads. Tasks that wait never run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
