package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.RawCommands;
import io.webchat.redis.internal.queue.RawAppends;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** The usual way: threads that borrow a connection for each command and wait for its answer. */
final class PoolContestant implements Contestant {
    private static final int THREADS = 64;

    private final RedisClient client;
    private final RawCommands commands;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    PoolContestant(String url, QueueLimits limits) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(THREADS);
        pool.setMaxIdle(THREADS);
        URI address = URI.create(url);
        client = RedisClient.builder()
                .hostAndPort(address.getHost(), address.getPort())
                .poolConfig(pool)
                .build();
        commands = new RawCommands(client, limits);
    }

    @Override
    public void send(Workload workload, int messages) throws Exception {
        List<Future<?>> shares = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int share = messages / THREADS + (i < messages % THREADS ? 1 : 0);
            shares.add(threads.submit(() -> share(workload, share)));
        }
        for (Future<?> each : shares) {
            each.get();
        }
    }

    private void share(Workload workload, int messages) {
        for (int i = 0; i < messages; i++) {
            ChatEvent.Message next = workload.next();
            RawAppends.Append append = commands.append(next);
            append.onReplies(client.executeCommand(append.command()), client.executeCommand(commands.publish(next)));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
