package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.RawScript;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.testing.RedisServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.RedisClient;

/**
 * The CPU that Redis uses to append a message to a queue, as a multiple of what an empty script with one key and one
 * argument costs. Both take turns, and come over the same connections, 32 at a time.
 */
public final class AppendCost {
    private static final int USERS = 320;

    private AppendCost() {}

    /** The version and the allocator of the redis-server that all benchmarks start. */
    public static String server() throws Exception {
        try (RedisServer server = RedisServer.builder().start()) {
            return RedisCpu.describe(server);
        }
    }

    /** Measures it in a redis-server of its own; {@code calls} is the number of calls of a turn. */
    public static Spread ratio(int rounds, int calls) throws Exception {
        try (RedisServer server = RedisServer.builder().start();
                RedisClient client = RedisClient.create(URI.create(server.url()));
                RedisConnections connections = RedisConnections.open(server.url())) {
            RawScript empty = new RawScript(client, connections, "return 1");
            RedisOfflineQueue queue = new RedisOfflineQueue(connections, QueueLimits.DEFAULT);
            Workload workload = new Workload("append", USERS);
            List<Double> appends = new ArrayList<>();
            List<Double> empties = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                double append = RedisCpu.perCall(server, calls, number -> {
                    ChatEvent.Message message = workload.next();
                    return queue.append(message.to(), message);
                });
                double nothing =
                        RedisCpu.perCall(server, calls, number -> empty.call(new byte[][] {key(number)}, key(number)));
                if (round >= 0) {
                    // The first round warms up: it begins each queue.
                    appends.add(append);
                    empties.add(nothing);
                }
            }
            return Spread.ofRatios(appends, empties);
        }
    }

    private static byte[] key(int number) {
        return ("key-" + number % USERS).getBytes(StandardCharsets.UTF_8);
    }
}
