package io.webchat.redis.internal.client.cluster;

import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;

/** Commands of one node to a cluster, with a view of the cluster's topology. */
public final class ClusterFixture implements AutoCloseable {
    final ClusterTopology topology;
    final ClusterClient commands;

    ClusterFixture(List<HostAndPort> seeds, Duration timeout) {
        RedisConfig config = RedisConfig.builder("redis-cluster://"
                        + seeds.stream().map(HostAndPort::toString).collect(Collectors.joining(",")))
                .commandTimeout(timeout)
                .build();
        topology = new ClusterTopology(TestConfigs.settings(config));
        commands = new ClusterClient(TestConfigs.settings(config), topology);
        topology.start();
    }

    /** Knows the first three nodes. Commands may take long, as on a busy machine. */
    static ClusterFixture of(ClusterSetup cluster) {
        return of(cluster, Duration.ofSeconds(20));
    }

    /** As {@link #of(ClusterSetup)}, with another command timeout. */
    static ClusterFixture of(ClusterSetup cluster, Duration timeout) {
        return new ClusterFixture(
                cluster.nodes().stream().limit(3).map(ClusterFixture::address).collect(Collectors.toList()), timeout);
    }

    static HostAndPort address(RedisServer server) {
        return new HostAndPort("127.0.0.1", server.port());
    }

    CompletableFuture<Object> send(ProtocolCommand command, String key, String... more) {
        byte[][] arguments = new byte[1 + more.length][];
        arguments[0] = bytes(key);
        for (int i = 0; i < more.length; i++) {
            arguments[i + 1] = bytes(more[i]);
        }
        return commands.send(RedisCommand.of(arguments[0], command, arguments));
    }

    /** Appends to the list at this key. */
    CompletableFuture<Object> push(String key, int number) {
        return send(Command.RPUSH, key, Integer.toString(number));
    }

    /** The list at this key. */
    List<Integer> list(String key) {
        List<?> all = (List<?>) send(Command.LRANGE, key, "0", "-1").join();
        return all.stream()
                .map(each -> Integer.valueOf(new String((byte[]) each, StandardCharsets.US_ASCII)))
                .collect(Collectors.toList());
    }

    /** The text in UTF-8. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        topology.close();
        commands.close();
    }
}
