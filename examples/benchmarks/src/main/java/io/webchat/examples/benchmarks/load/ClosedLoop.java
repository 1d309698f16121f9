package io.webchat.examples.benchmarks.load;

import java.util.List;

/**
 * Keeps so many messages of each client under way: the next one leaves when a receipt comes back. So it finds out how
 * much a server can do at most; its latencies say nothing. Belongs to the event loop.
 */
final class ClosedLoop {
    private final Traffic traffic;
    private boolean over;

    /** Begins at once, and goes on until {@link #stop}. */
    ClosedLoop(Traffic traffic, List<LoadClient> clients, int underWay) {
        this.traffic = traffic;
        traffic.whenOver(this::next);
        for (LoadClient each : clients) {
            for (int i = 0; i < underWay; i++) {
                traffic.send(each, System.nanoTime());
            }
            each.flush();
        }
    }

    private void next(LoadClient client) {
        if (!over) {
            // The answers to one read are flushed together at its end.
            traffic.send(client, System.nanoTime());
        }
    }

    void stop() {
        over = true;
    }
}
