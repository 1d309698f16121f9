package io.webchat.redis.internal.client;

import java.time.Duration;

/** Tells other threads for how long one thread has been at a task. Only that thread starts and stops it. */
final class Stopwatch {
    private volatile boolean running;
    private volatile long started;

    void start() {
        started = System.nanoTime();
        running = true;
    }

    void stop() {
        running = false;
    }

    boolean exceeds(Duration time) {
        return running && System.nanoTime() - started > time.toNanos();
    }
}
