package io.webchat.examples.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Clients of one site who write to each other when they are told to. For one thread. */
final class Party implements AutoCloseable {
    private static final long SETTLE_SECONDS = 30;
    private static final long LOOK_MILLIS = 20;

    private final ContenderServers site;
    private final Crowd crowd = new Crowd();
    private final Traffic traffic;

    /** Connects this many clients, an even number. Partners are on different nodes if there are several nodes. */
    Party(ContenderServers site, String prefix, int clients) {
        this(site, prefix, clients, new Traffic(prefix, clients));
    }

    /** The same, of clients who have been there before. */
    static Party returning(ContenderServers site, String prefix, int clients) {
        return new Party(site, prefix, clients, new Traffic(prefix, clients, true));
    }

    private Party(ContenderServers site, String prefix, int clients, Traffic traffic) {
        this.site = site;
        this.traffic = traffic;
        try {
            crowd.connect(prefix, clients, site.ports(), traffic, false);
        } catch (RuntimeException e) {
            crowd.close();
            throw e;
        }
    }

    private record Mark(long nanos, long delivered, double server, double redis) {}

    int clients() {
        return crowd.clients().size();
    }

    /** As much as the site can do with so many messages of each client under way. */
    Turn saturate(int underWay, long warmUpMillis, long millis) throws Exception {
        ClosedLoop load = crowd.onLoop(() -> new ClosedLoop(traffic, crowd.clients(), underWay));
        return watch(warmUpMillis, millis, load::stop);
    }

    /** So many messages per second in all, whatever comes back. */
    Turn openLoop(double perSecond, long warmUpMillis, long millis) throws Exception {
        long longest = warmUpMillis + millis + TimeUnit.SECONDS.toMillis(SETTLE_SECONDS);
        OpenLoop load = crowd.onLoop(() -> new OpenLoop(crowd.loop(), traffic, crowd.clients(), perSecond, longest));
        return watch(warmUpMillis, millis, load::stop);
    }

    private Turn watch(long warmUpMillis, long millis, Runnable stop) throws Exception {
        after(warmUpMillis, () -> {
            traffic.latencies().reset();
            return true;
        });
        Mark from = mark();
        after(millis, () -> true);
        Mark to = mark();
        Turn turn = crowd.onLoop(() -> {
            stop.run();
            double delivered = to.delivered() - from.delivered();
            return new Turn(
                    delivered * 1e9 / (to.nanos() - from.nanos()),
                    (to.server() - from.server()) * 1e6 / delivered,
                    (to.redis() - from.redis()) * 1e6 / delivered,
                    traffic.latencies().delivered(),
                    traffic.latencies().late());
        });
        settle();
        return turn;
    }

    private Mark mark() throws Exception {
        long delivered = crowd.onLoop(traffic::delivered);
        return new Mark(System.nanoTime(), delivered, site.serverCpu(), site.redisCpu());
    }

    private <T> T after(long millis, Callable<T> task) throws Exception {
        return crowd.loop()
                .schedule(task, millis, TimeUnit.MILLISECONDS)
                .get(millis + TimeUnit.SECONDS.toMillis(SETTLE_SECONDS), TimeUnit.MILLISECONDS);
    }

    /** Waits until each sent message has arrived, or reports the missing ones. */
    private void settle() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (!after(LOOK_MILLIS, traffic::settled)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(site.contender().label() + " lost something: " + crowd.onLoop(traffic::toString));
            }
        }
        String trouble = crowd.onLoop(traffic::trouble);
        if (!trouble.isEmpty()) {
            throw new IOException(site.contender().label() + ": " + trouble);
        }
    }

    @Override
    public void close() {
        crowd.close();
    }
}
