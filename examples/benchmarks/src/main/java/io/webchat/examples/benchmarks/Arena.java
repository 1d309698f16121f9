package io.webchat.examples.benchmarks;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.QueueLimits;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;

/**
 * Queues with the same depth at the begin of each measured piece. Each has one known device that has confirmed
 * nothing. The appenders are here too.
 */
final class Arena implements AutoCloseable {
    /** A piece grows each queue by this many messages. */
    private static final int GROWTH = 100;

    private static final int FILL_STEP = 5_000;
    private static final String FILL =
            "local e = redis.call('LINDEX', KEYS[1], 0) for i = 1, ARGV[1] do redis.call('LPUSH', KEYS[1], e) end";

    private final int depth;
    private final Workload workload;
    private final RedisClient client;
    private final Map<Entrant, Contestant> contestants = new EnumMap<>(Entrant.class);

    /** Fills the queues of so many users. */
    Arena(String url, int depth, int users) throws Exception {
        this.depth = depth;
        this.workload = new Workload("depth-" + depth, users);
        this.client = RedisClient.create(URI.create(url));
        QueueLimits limits = QueueLimits.DEFAULT.withMaxEvents(depth + 1_000_000);
        for (Entrant each : Entrant.values()) {
            contestants.put(each, each.enter(url, limits));
        }
        try (CoreContestant core = new CoreContestant(url, limits)) {
            core.send(workload, users);
            for (UserId user : workload.users()) {
                core.queue()
                        .attach(user, DeviceId.DEFAULT, 0)
                        .toCompletableFuture()
                        .join();
                fill(list(user));
            }
        }
    }

    private static String list(UserId user) {
        return "chat:{u:" + user.value() + "}:q";
    }

    /** The older ones go in front of the present ones: a queue's Seqs are counted from its end. */
    private void fill(String list) {
        for (int left = depth - 1; left > 0; left -= FILL_STEP) {
            client.eval(FILL, 1, list, Integer.toString(Math.min(left, FILL_STEP)));
        }
    }

    int depth() {
        return depth;
    }

    /** How many messages a piece sends. */
    int piece() {
        return GROWTH * workload.users().size();
    }

    /** Sends one piece. */
    void run(Entrant who) throws Exception {
        Objects.requireNonNull(contestants.get(who)).send(workload, piece());
    }

    /**
     * Brings the queues back to their depth.
     *
     * @throws IllegalStateException if a piece added fewer events than expected
     */
    void reset() {
        for (UserId user : workload.users()) {
            long length = client.llen(list(user));
            if (length != depth + GROWTH && length != depth) {
                throw new IllegalStateException(list(user) + " holds " + length + " events");
            }
        }
        try (AbstractPipeline pipeline = client.pipelined()) {
            workload.users().forEach(user -> pipeline.ltrim(list(user), -depth, -1));
            pipeline.sync();
        }
    }

    @Override
    public void close() {
        contestants.values().forEach(Contestant::close);
        client.close();
    }
}
