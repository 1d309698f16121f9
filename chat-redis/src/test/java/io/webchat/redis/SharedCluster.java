package io.webchat.redis;

import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;

/** One cluster for all tests of this JVM that neither kill nor pause its nodes. It ends with the JVM. */
public final class SharedCluster {
    private SharedCluster() {}

    /** Skips the test if the environment names a server to test against. */
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
