package io.webchat.core.files;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which a store waits for the disk. A bounded number of steps waits for them. */
final class Disk implements AutoCloseable {
    /** The largest number of steps that wait; further ones fail with {@code unavailable}. */
    static final int MAX_WAITING = 1_000;

    /** Steps beyond this number wait: a disk does not get faster by more threads. */
    private static final int THREADS = 4;

    /** A step with a result. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException;
    }

    /** A step without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "webchat-files");
        thread.setDaemon(true);
        return thread;
    });

    <T> CompletableFuture<T> call(Step<T> step) {
        if (waiting.get() >= MAX_WAITING) {
            return CompletableFuture.failedFuture(new ChatException(
                    ErrorCode.UNAVAILABLE, "too many steps wait for the disk of the files, try again"));
        }
        return queued(step);
    }

    CompletableFuture<Void> run(Action action) {
        return call(withResult(action)).thenAccept(done -> {});
    }

    /** Runs a step that gives something back; it waits in turn, however many wait. */
    CompletableFuture<Void> free(Action action) {
        return queued(withResult(action)).thenAccept(done -> {});
    }

    private static Step<Boolean> withResult(Action action) {
        return () -> {
            action.run();
            return true;
        };
    }

    private <T> CompletableFuture<T> queued(Step<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.incrementAndGet();
        threads.execute(() -> {
            waiting.decrementAndGet();
            try {
                result.complete(step.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
