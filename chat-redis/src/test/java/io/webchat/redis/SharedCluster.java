package io.webchat.redis;

import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;

/** One cluster for the tests that neither kill its servers nor move its slots for long. Ends with the JVM. */
public final class SharedCluster {
    private SharedCluster() {}

    /** Skips the test where other servers than those of the tests are to be used. */
    public static void assume() {
        RedisServers.assumeOwnServers();
    }

    /** The cluster, which starts with the first call. */
    public static ClusterSetup get() {
        return Holder.CLUSTER;
    }

    /** Its nodes. */
    public static List<RedisEndpoint> endpoints() {
        return get().nodes().stream().map(RedisServer::endpoint).toList();
    }

    private static final class Holder {
        static final ClusterSetup CLUSTER = ClusterSetup.start();
    }
}
