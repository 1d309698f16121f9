package io.webchat.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.webchat.redis.internal.client.RedisCommand;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/**
 * A script that does nothing, sent over the connections of the adapters. So a step of a queue and this script differ in
 * nothing but their content. Safe for use by several threads.
 */
public final class EmptyScript {
    private static final byte[] ONE = "1".getBytes(UTF_8);

    private final RedisConnections connections;
    private final byte[] sha;

    /** Loads the script into the server of these connections. */
    public EmptyScript(UnifiedJedis client, RedisConnections connections) {
        this.connections = connections;
        this.sha = client.scriptLoad("return 1", "any").getBytes(UTF_8);
    }

    /** Calls the script with one key and one argument. */
    public CompletableFuture<Object> call(byte[] key, byte[] argument) {
        return connections.commands().send(RedisCommand.of(key, Command.EVALSHA, sha, ONE, key, argument));
    }
}
