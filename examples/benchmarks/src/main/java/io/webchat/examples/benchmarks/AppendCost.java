package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.EmptyScript;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.testing.RedisServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClient;

/**
 * The CPU that Redis uses to append a message to a queue and to publish it, as a multiple of what an empty script with
 * one key and one argument costs. Both take turns, and come over the same connections, 32 at a time.
 */
public final class AppendCost {
    private static final int AT_ONCE = 32;
    private static final int USERS = 320;

    private AppendCost() {}

    /** Measures it in a redis-server of its own; {@code calls} is the number of calls of a turn. */
    public static Spread ratio(int rounds, int calls) throws Exception {
        try (RedisServer server = RedisServer.builder().start();
                RedisClient client = RedisClient.create(URI.create(server.url()));
                RedisConnections connections = RedisConnections.open(server.url())) {
            EmptyScript empty = new EmptyScript(client, connections);
            RedisOfflineQueue queue = new RedisOfflineQueue(connections, QueueLimits.DEFAULT);
            Workload workload = new Workload("append", USERS);
            List<Double> appends = new ArrayList<>();
            List<Double> empties = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                double append = cpu(server, () -> append(queue, workload, calls));
                double nothing = cpu(server, () -> nothing(empty, calls));
                if (round >= 0) {
                    // The first round warms up: it begins each queue.
                    appends.add(append);
                    empties.add(nothing);
                }
            }
            return Spread.ofRatios(appends, empties);
        }
    }

    private static void append(RedisOfflineQueue queue, Workload workload, int calls) {
        inParts(calls, number -> {
            ChatEvent.Message message = workload.next();
            return queue.append(message.to(), message).toCompletableFuture();
        });
    }

    private static void nothing(EmptyScript empty, int calls) {
        inParts(calls, number -> empty.call(key(number), key(number)));
    }

    private static void inParts(int calls, IntFunction<CompletableFuture<?>> call) {
        for (int i = 0; i < calls; i += AT_ONCE) {
            CompletableFuture.allOf(
                            IntStream.range(i, i + AT_ONCE).mapToObj(call).toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    private static byte[] key(int number) {
        return ("key-" + number % USERS).getBytes(StandardCharsets.UTF_8);
    }

    private static double cpu(RedisServer server, Runnable turn) {
        double before = seconds(server);
        turn.run();
        return seconds(server) - before;
    }

    private static double seconds(RedisServer server) {
        return List.of("used_cpu_user_main_thread", "used_cpu_sys_main_thread").stream()
                .mapToDouble(name -> Double.parseDouble(server.info("cpu").getOrDefault(name, "0")))
                .sum();
    }
}
