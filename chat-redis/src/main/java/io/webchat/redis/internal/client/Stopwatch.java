package io.webchat.redis.internal.client;

import java.time.Duration;

/** Tells other threads for how long a thread has been at something. Started and stopped by that one only. */
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
