package io.webchat.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.webchat.redis.internal.client.RedisCommand;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** A script that is called over the adapters' connections, to compare it with their own. Safe for many threads. */
public final class RawScript {
    private final RedisConnections connections;
    private final byte[] sha;

    /** Loads the script into the server of these connections. */
    public RawScript(UnifiedJedis client, RedisConnections connections, String lua) {
        this.connections = connections;
        this.sha = client.scriptLoad(lua, "any").getBytes(UTF_8);
    }

    /** Calls the script with these keys, which are in one slot, and arguments. */
    public CompletableFuture<Object> call(byte[][] keys, byte[]... arguments) {
        byte[][] all = Stream.of(new byte[][] {sha, Protocol.toByteArray(keys.length)}, keys, arguments)
                .flatMap(Arrays::stream)
                .toArray(byte[][]::new);
        return connections.commands().send(RedisCommand.of(keys[0], Command.EVALSHA, all));
    }
}
