package io.webchat.redis;

import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServers;

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

    private static final class Holder {
        static final ClusterSetup CLUSTER = ClusterSetup.start();
    }
}
