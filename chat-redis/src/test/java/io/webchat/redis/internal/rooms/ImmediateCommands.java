package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ErrorReplies;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.ServerIdentity;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.exceptions.JedisDataException;

/** Runs each command at once over one connection, as often as the caller likes. For one thread. */
final class ImmediateCommands implements CommandClient {
    private final ServerConnection connection;

    ImmediateCommands(String url) {
        connection = TestConfigs.connect(RedisConfig.of(url));
        LuaScript.loadAll(connection, RoomScripts.ALL);
    }

    /** Runs a command and returns the reply; throws the failure that a client would report. */
    Object run(RedisCommand command) {
        connection.write(command.arguments(ServerIdentity.UNKNOWN));
        connection.flush();
        Object reply = connection.read();
        if (reply instanceof JedisDataException refusal) {
            throw ErrorReplies.toChatException(refusal);
        }
        return Objects.requireNonNull(reply);
    }

    @Override
    public CompletableFuture<Object> send(RedisCommand command) {
        try {
            return CompletableFuture.completedFuture(run(command));
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        connection.drop();
    }
}
