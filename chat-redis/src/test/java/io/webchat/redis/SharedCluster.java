package io.webchat.redis;

import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;

/** One cluster for the tests that neither kill its servers nor move its slots for long. Ends with the JVM. */
final class SharedCluster {
    private SharedCluster() {}

    /** Skips the test where other servers than those of the tests are to be used. */
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
