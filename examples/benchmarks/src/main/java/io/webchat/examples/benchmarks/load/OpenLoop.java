package io.webchat.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a rate whatever the server does. Each message has its time by the plan, and counts from there: when the
 * server or the driver falls behind, the wait is part of the latency. Belongs to the event loop.
 */
final class OpenLoop {
    private static final long TICK_MICROS = 500;

    private final Traffic traffic;
    private final List<LoadClient> clients;
    private final double nanosBetween;
    private final long start = System.nanoTime();
    private final long end;
    private final ScheduledFuture<?> ticking;
    private long next;

    /** Begins at once, and ends by itself after so long. */
    OpenLoop(EventLoop loop, Traffic traffic, List<LoadClient> clients, double perSecond, long millis) {
        this.traffic = traffic;
        this.clients = List.copyOf(clients);
        this.nanosBetween = 1e9 / perSecond;
        this.end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        this.ticking = loop.scheduleAtFixedRate(this::tick, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    }

    private void tick() {
        long now = Math.min(System.nanoTime(), end);
        for (long due = due(); due <= now; due = due()) {
            LoadClient client = clients.get((int) (next++ % clients.size()));
            traffic.send(client, due);
            traffic.latencies().late(System.nanoTime() - due);
            client.flush();
        }
        if (now == end) {
            ticking.cancel(false);
        }
    }

    private long due() {
        return start + (long) (next * nanosBetween);
    }

    void stop() {
        ticking.cancel(false);
    }
}
