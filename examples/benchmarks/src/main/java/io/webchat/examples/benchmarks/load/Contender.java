package io.webchat.examples.benchmarks.load;

import io.webchat.redis.testing.RedisServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who can be put under load. */
enum Contender {
    /** netty-socketio alone: stores nothing. */
    RELAY("relay", 0),
    /** webchat in memory. */
    MEMORY("webchat, memory", 0),
    /** webchat on Redis. */
    REDIS("webchat, Redis", 1),
    /** Two nodes of webchat on one Redis; partners are on different ones. */
    TWO_NODES("webchat, Redis, 2 nodes", 2),
    /** A chat server on Node.js and Redis. */
    NODE("Node.js, Redis", 1),
    /** An {@linkplain EarlierBuild earlier build} of webchat in memory. */
    EARLIER_MEMORY("earlier webchat, memory", 0),
    /** An earlier build of webchat on Redis. */
    EARLIER_REDIS("earlier webchat, Redis", 1);

    private final String label;
    private final int nodesOnRedis;

    Contender(String label, int nodesOnRedis) {
        this.label = label;
        this.nodesOnRedis = nodesOnRedis;
    }

    /** The name in tables. */
    String label() {
        return label;
    }

    boolean usesRedis() {
        return nodesOnRedis > 0;
    }

    int nodes() {
        return Math.max(nodesOnRedis, 1);
    }

    /** Starts one node. */
    ServerProcess start(@Nullable RedisServer redis, List<String> options) throws Exception {
        return switch (this) {
            case RELAY -> ServerProcess.java(RelayServer.class, options);
            case MEMORY -> ServerProcess.java(WebchatServer.class, options);
            case REDIS, TWO_NODES -> ServerProcess.java(WebchatServer.class, options, url(redis));
            case NODE -> NodeJs.start(url(redis));
            case EARLIER_MEMORY -> ServerProcess.earlier(WebchatServer.class, options);
            case EARLIER_REDIS -> ServerProcess.earlier(WebchatServer.class, options, url(redis));
        };
    }

    private static String url(@Nullable RedisServer redis) {
        if (redis == null) {
            throw new IllegalStateException("there is no Redis to use");
        }
        return redis.url();
    }
}
