package io.webchat.examples.server;

import io.webchat.examples.server.backends.AttachmentBackend;
import io.webchat.examples.server.backends.Backends;
import io.webchat.examples.server.backends.DynamoAddress;
import io.webchat.examples.server.backends.DynamoBackend;
import io.webchat.examples.server.backends.Opened;
import io.webchat.examples.server.backends.RedisBackend;
import io.webchat.examples.server.http.Tokens;
import io.webchat.examples.server.local.DynamoLocal;
import io.webchat.examples.server.local.EmbeddedRedis;
import io.webchat.examples.server.options.ServerOptions;
import io.webchat.redis.RedisConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Two nodes over one Redis and one DynamoDB, all on this machine, for whoever wants to see two nodes chat. */
final class DemoCluster implements Running {
    private final RunningServer first;
    private final RunningServer second;
    private final String where;
    private final String redisVersion;
    private final Opened opened;

    private DemoCluster(RunningServer first, RunningServer second, String where, String redisVersion, Opened opened) {
        this.first = first;
        this.second = second;
        this.where = where;
        this.redisVersion = redisVersion;
        this.opened = opened;
    }

    /**
     * Starts a redis-server and a DynamoDB Local of its own, and two nodes, on the port of the options and the next.
     *
     * @throws IllegalArgumentException when an option is out of range
     * @throws java.io.UncheckedIOException when one of the servers or a port cannot be used, with one sentence that
     *     says why
     */
    static DemoCluster start(ServerOptions options) {
        Opened opened = new Opened();
        CompletableFuture<DynamoLocal> starting =
                CompletableFuture.supplyAsync(() -> DynamoLocal.inMemory(address -> furnish(address, options)));
        try {
            EmbeddedRedis redis = opened.add(EmbeddedRedis.start());
            DynamoLocal dynamo = opened.add(started(starting));
            AttachmentBackend files = opened.add(AttachmentBackend.open(
                    options.attachments().place(), options.attachments().limits(), true));
            Tokens tokens = Tokens.of(options.access().secret());
            RunningServer first = node(options, options.listen().port(), tokens, redis, dynamo, files);
            opened.add(() -> first.close(Duration.ZERO));
            int next = options.listen().port() == 0 ? 0 : options.listen().port() + 1;
            RunningServer second = node(options, next, tokens, redis, dynamo, files);
            String where = "one Redis, at " + redis.url() + ", and one DynamoDB, at " + dynamo.address();
            return new DemoCluster(first, second, where, redis.version(), opened);
        } catch (RuntimeException e) {
            opened.close();
            // One that starts too late for anybody.
            var unused = starting.thenAccept(DynamoLocal::close);
            throw e;
        }
    }

    /** Makes the table of a DynamoDB Local that was started again. */
    private static void furnish(DynamoAddress address, ServerOptions options) {
        DynamoBackend.open(address, options.storage().table()).close();
    }

    private static DynamoLocal started(CompletableFuture<DynamoLocal> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private static RunningServer node(
            ServerOptions options,
            int port,
            Tokens tokens,
            EmbeddedRedis redis,
            DynamoLocal dynamo,
            AttachmentBackend files) {
        DynamoBackend stores =
                DynamoBackend.open(dynamo.address(), options.storage().table());
        Backends backends = new Backends(RedisBackend.open(RedisConfig.of(redis.url())), stores, files.lent());
        return RunningServer.start(options, port, tokens, backends, backends::pushKey);
    }

    @Override
    public List<String> greeting() {
        return List.of(
                first.location() + " - open it in one browser window",
                second.location() + " - and this one in another: two nodes over " + where,
                "Redis is " + redisVersion
                        + ", which comes with the demo: in production run the latest release, with its"
                        + " security fixes.",
                "Everything is in memory and gone after a restart. Ctrl-C stops the nodes, Redis and DynamoDB.");
    }

    @Override
    public void close(Duration grace) {
        Duration half = grace.dividedBy(2);
        first.close(half);
        second.close(half);
        opened.close();
    }
}
