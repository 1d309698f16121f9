package io.webchat.redis;

import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;

/** One cluster for all tests of this JVM that neither kill nor pause its nodes. It ends with the JVM. */
final class SharedCluster {
    private SharedCluster() {}

    /** Skips the test if the environment names a server to test against. */
    static void assume() {
        RedisServers.assumeOwnServers();
    }

    static ClusterSetup get() {
        return Holder.CLUSTER;
    }

    static List<RedisEndpoint> endpoints() {
        return get().nodes().stream().map(RedisServer::endpoint).toList();
    }

    private static final class Holder {
        static final ClusterSetup CLUSTER = ClusterSetup.start();
    }
}
