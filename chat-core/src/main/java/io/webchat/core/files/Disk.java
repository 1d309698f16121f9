package io.webchat.core.files;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads on which a store waits for the disk. */
final class Disk implements AutoCloseable {
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

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "webchat-files");
        thread.setDaemon(true);
        return thread;
    });

    <T> CompletableFuture<T> call(Step<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(step.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    CompletableFuture<Void> run(Action action) {
        return call(() -> {
                    action.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
