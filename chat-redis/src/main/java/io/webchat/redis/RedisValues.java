package io.webchat.redis;

import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/**
 * Small texts of the application's own, beside the chat's keys and on the same connections: {@code <prefix>:v:<name>}.
 * They do not expire. Stages fail with a {@code ChatException}, {@code unavailable} where no answer came in time, and
 * complete on a connection's thread, which must not be blocked. Safe for use by any number of threads.
 */
public final class RedisValues {
    private final CommandClient commands;
    private final RedisKeys keys;

    /** Values over these connections. Closing them is left to who opened them. */
    public RedisValues(RedisConnections connections) {
        commands = connections.commands();
        keys = connections.keys();
    }

    /** The text of this name; empty where there is none. */
    public CompletionStage<Optional<String>> find(String name) {
        byte[] key = keys.value(name);
        // MGET, since the reply to a GET of nothing is nothing.
        return commands.send(RedisCommand.of(key, Command.MGET, key))
                .thenApply(reply -> Optional.ofNullable((byte[]) ((List<?>) reply).get(0))
                        .map(text -> new String(text, StandardCharsets.UTF_8)));
    }

    /**
     * Adds a text, unless there is one of this name: of any number of calls at once, one wins.
     *
     * @return whether it was added. Where a connection was lost meanwhile, this may be false for the call that won
     */
    public CompletionStage<Boolean> add(String name, String text) {
        byte[] key = keys.value(name);
        return commands.send(RedisCommand.of(key, Command.SETNX, key, text.getBytes(StandardCharsets.UTF_8)))
                .thenApply(reply -> Long.valueOf(1).equals(reply));
    }
}
