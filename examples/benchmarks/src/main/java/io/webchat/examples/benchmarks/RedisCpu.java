package io.webchat.examples.benchmarks;

import io.webchat.redis.testing.RedisServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Measures the CPU of Redis's main thread while calls are made in groups. */
final class RedisCpu {
    /** How many calls are under way at once. */
    static final int AT_ONCE = 32;

    private RedisCpu() {}

    /** Returns the µs per call; {@code call} gets the number of the call. */
    static double perCall(RedisServer server, int calls, IntFunction<CompletionStage<?>> call) {
        double before = seconds(server);
        for (int i = 0; i < calls; i += AT_ONCE) {
            CompletableFuture.allOf(IntStream.range(i, Math.min(calls, i + AT_ONCE))
                            .mapToObj(number -> call.apply(number).toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        return (seconds(server) - before) * 1e6 / calls;
    }

    /** The version of the server and its allocator, on which the cost of lists that grow depends. */
    static String describe(RedisServer server) {
        return "Redis " + server.info("server").getOrDefault("redis_version", "?") + ", allocator "
                + server.info("memory").getOrDefault("mem_allocator", "?");
    }

    private static double seconds(RedisServer server) {
        return List.of("used_cpu_user_main_thread", "used_cpu_sys_main_thread").stream()
                .mapToDouble(name -> Double.parseDouble(server.info("cpu").getOrDefault(name, "0")))
                .sum();
    }
}
