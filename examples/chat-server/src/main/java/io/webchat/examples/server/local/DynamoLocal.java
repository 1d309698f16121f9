package io.webchat.examples.server.local;

import io.webchat.examples.server.backends.DynamoAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DynamoDB Local that this process keeps alive. A child process that dies is started again, on the same port and over
 * the same data, at once and then with growing pauses. A node over it recovers as from an outage of any DynamoDB.
 */
public final class DynamoLocal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DynamoLocal.class);

    private final @Nullable Path folder;
    private final int port;
    private final Consumer<DynamoAddress> restarted;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(DynamoLocal::thread);
    private final RestartDelay delay = new RestartDelay();

    /** Guarded by this. */
    private DynamoChild child;
    /** Guarded by this. */
    private boolean closed;

    private DynamoLocal(@Nullable Path folder, int port, DynamoChild child, Consumer<DynamoAddress> restarted) {
        this.folder = folder;
        this.port = port;
        this.child = child;
        this.restarted = restarted;
    }

    /**
     * Starts one over this folder, on a free port of the loopback interface; returns when it can be used.
     *
     * @param folder the folder of its data and its log
     * @throws UncheckedIOException with one sentence when it does not start
     */
    public static DynamoLocal over(Path folder) {
        return start(folder, address -> {});
    }

    /**
     * Starts one that keeps its data in memory. A child that is started again is empty.
     *
     * @param furnish called with the address after each such start, to make the tables
     * @throws UncheckedIOException with one sentence when it does not start
     */
    public static DynamoLocal inMemory(Consumer<DynamoAddress> furnish) {
        return start(null, furnish);
    }

    private static DynamoLocal start(@Nullable Path folder, Consumer<DynamoAddress> restarted) {
        try {
            int port = FreePort.find();
            DynamoChild first = DynamoChild.start(folder, port);
            DynamoLocal local = new DynamoLocal(folder, port, first, restarted);
            local.watch(first);
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start DynamoDB Local: " + e.getMessage(), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "chat-server-dynamodb-local");
        thread.setDaemon(true);
        return thread;
    }

    private void watch(DynamoChild watched) {
        long born = System.nanoTime();
        var unused =
                watched.ended().thenAccept(exitCode -> onEnd(exitCode, Duration.ofNanos(System.nanoTime() - born)));
    }

    private void onEnd(int exitCode, Duration life) {
        if (isClosed()) {
            return;
        }
        log.warn("The database process has ended with code {}; starting it again", exitCode);
        restartAfter(life);
    }

    private void restartAfter(Duration life) {
        try {
            var unused = thread.schedule(this::restart, delay.after(life).toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("closed meanwhile", e);
        }
    }

    private void restart() {
        try {
            DynamoChild next = DynamoChild.start(folder, port);
            if (!replaceBy(next)) {
                next.close();
                return;
            }
            watch(next);
            log.info("The database process runs again");
            furnish();
        } catch (IOException e) {
            if (!isClosed()) {
                log.warn("Cannot start the database process: {}; trying again", e.getMessage());
                restartAfter(Duration.ZERO);
            }
        }
    }

    private void furnish() {
        try {
            restarted.accept(address());
        } catch (UncheckedIOException e) {
            log.warn("The new database is not furnished: {}", e.getMessage());
        }
    }

    private synchronized boolean replaceBy(DynamoChild next) {
        if (!closed) {
            child = next;
        }
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The process that runs now. */
    synchronized DynamoChild child() {
        return child;
    }

    /** Its address, which stays the same. */
    public DynamoAddress address() {
        return DynamoAddress.of("http://127.0.0.1:" + port);
    }

    /** Ends it; returns when it is gone. */
    @Override
    public void close() {
        DynamoChild last;
        synchronized (this) {
            closed = true;
            last = child;
        }
        thread.shutdownNow();
        last.close();
    }
}
