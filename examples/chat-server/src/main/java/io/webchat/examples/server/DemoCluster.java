package io.webchat.examples.server;

import java.time.Duration;
import java.util.List;

/** Two nodes over one Redis, all on this machine, for whoever wants to see two nodes chat. */
final class DemoCluster implements Running {
    private final EmbeddedRedis redis;
    private final RunningServer first;
    private final RunningServer second;

    private DemoCluster(EmbeddedRedis redis, RunningServer first, RunningServer second) {
        this.redis = redis;
        this.first = first;
        this.second = second;
    }

    /**
     * Starts a redis-server of its own and two nodes, on the port of the options and the one after it.
     *
     * @throws IllegalArgumentException when an option is out of range
     * @throws java.io.UncheckedIOException when redis-server or a port cannot be used, with one sentence that says why
     */
    static DemoCluster start(ServerOptions options) {
        SharedParts shared = SharedParts.of(options.access);
        EmbeddedRedis redis = EmbeddedRedis.start();
        RunningServer first = null;
        try {
            first = RunningServer.start(options, options.listen.port, shared, new Backends(RedisBackend.open(redis.url()), null));
            int next = options.listen.port == 0 ? 0 : options.listen.port + 1;
            RunningServer second = RunningServer.start(options, next, shared, new Backends(RedisBackend.open(redis.url()), null));
            return new DemoCluster(redis, first, second);
        } catch (RuntimeException e) {
            if (first != null) {
                first.close(Duration.ZERO);
            }
            redis.close();
            throw e;
        }
    }

    @Override
    public List<String> greeting() {
        return List.of(
                first.location() + " - open it in one browser window",
                second.location() + " - and this one in another: two nodes over one Redis, at " + redis.url(),
                "Everything is in memory and gone after a restart. Ctrl-C stops both nodes and Redis.");
    }

    @Override
    public void close(Duration grace) {
        Duration half = grace.dividedBy(2);
        first.close(half);
        second.close(half);
        redis.close();
    }
}
