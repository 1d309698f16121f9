package io.webchat.examples.benchmarks.load;

import io.webchat.redis.testing.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The running servers of one contender, and the Redis that they share, if any. For one thread. */
final class Site implements AutoCloseable {
    private final Contender contender;
    private final @Nullable RedisServer redis;
    private final List<ServerProcess> nodes = new ArrayList<>();

    /** Starts everything; returns when it listens. */
    Site(Contender contender, List<String> options) throws Exception {
        this.contender = contender;
        this.redis = contender.usesRedis() ? RedisServer.builder().start() : null;
        try {
            for (int i = 0; i < contender.nodes(); i++) {
                nodes.add(contender.start(redis, options));
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    Contender contender() {
        return contender;
    }

    List<ServerProcess> nodes() {
        return nodes;
    }

    List<Integer> ports() {
        return nodes.stream().map(ServerProcess::port).toList();
    }

    /** Seconds of CPU that the servers have used so far. */
    double serverCpu() throws IOException {
        return ProcessStats.cpuSeconds(nodes.stream().map(ServerProcess::pid).toList());
    }

    /** Seconds of CPU that Redis has used so far; 0 without a Redis. */
    double redisCpu() throws IOException {
        return redis == null ? 0 : ProcessStats.cpuSeconds(List.of(redisPid(redis)));
    }

    private static long redisPid(RedisServer redis) {
        String pid = redis.info("server").get("process_id");
        if (pid == null) {
            throw new IllegalStateException("Redis does not tell its process");
        }
        return Long.parseLong(pid);
    }

    /** How many commands Redis has executed so far; 0 without a Redis. */
    double redisCommands() {
        String commands = redis == null ? "0" : redis.info("stats").get("total_commands_processed");
        return commands == null ? 0 : Double.parseDouble(commands);
    }

    /** How many keys Redis has; 0 without a Redis. */
    double redisKeys() {
        return redis == null ? 0 : ((Number) Objects.requireNonNull(redis.command("DBSIZE"))).doubleValue();
    }

    /** Bytes that Redis reports as used; 0 without a Redis. */
    double redisBytes() {
        String used = redis == null ? "0" : redis.info("memory").get("used_memory");
        return used == null ? 0 : Double.parseDouble(used);
    }

    /** Bytes that the servers hold after a collection of garbage. */
    long memory() throws IOException {
        long sum = 0;
        for (ServerProcess each : nodes) {
            sum += each.memory();
        }
        return sum;
    }

    /** Bytes of memory that the system has given to the servers. */
    long resident() throws IOException {
        long sum = 0;
        for (ServerProcess each : nodes) {
            sum += ProcessStats.residentBytes(each.pid());
        }
        return sum;
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
        if (redis != null) {
            redis.close();
        }
    }
}
