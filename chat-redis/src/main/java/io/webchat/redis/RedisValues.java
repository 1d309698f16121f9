package io.webchat.redis;

import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.profiles.ProfileScripts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/**
 * Small texts of the application, on the same connections as the chat. Their keys are {@code <prefix>:v:<name>}, and
 * they do not expire. Stages complete on the thread of a connection; do not block it. They fail with a {@code
 * ChatException}, {@code unavailable} if there is no reply in time. Safe for use by many threads.
 */
public final class RedisValues {
    private final CommandClient commands;
    private final RedisKeys keys;

    /** Values over these connections. The caller closes them. */
    public RedisValues(RedisConnections connections) {
        commands = connections.commands();
        keys = connections.keys();
    }

    /** The text with this name; empty if there is none. */
    public CompletionStage<Optional<String>> find(String name) {
        byte[] key = keys.value(name);
        // MGET, because the reply to a GET of a missing key is null, which no command may have.
        return commands.send(RedisCommand.of(key, Command.MGET, key))
                .thenApply(reply -> Optional.ofNullable((byte[]) ((List<?>) reply).get(0))
                        .map(text -> new String(text, StandardCharsets.UTF_8)));
    }

    /**
     * Replaces the text with this name, if it is the expected one. Of several concurrent calls with the same expected
     * text and different new ones, one wins. A repetition of that call changes nothing.
     *
     * @return whether the new text has this name now
     */
    public CompletionStage<Boolean> replace(String name, String expected, String text) {
        byte[][] key = {keys.value(name)};
        return commands.send(RedisCommand.of(ProfileScripts.REPLACE_VALUE, key, bytes(expected), bytes(text)))
                .thenApply(Long.valueOf(1)::equals);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds a text, unless there is one with this name. Of several concurrent calls, one wins.
     *
     * @return whether it was added; if a connection was lost meanwhile, this may be false for the call that won
     */
    public CompletionStage<Boolean> add(String name, String text) {
        byte[] key = keys.value(name);
        return commands.send(RedisCommand.of(key, Command.SETNX, key, bytes(text)))
                .thenApply(reply -> Long.valueOf(1).equals(reply));
    }
}
