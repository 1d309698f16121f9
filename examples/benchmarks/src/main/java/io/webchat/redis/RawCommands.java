package io.webchat.redis;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ServerIdentity;
import io.webchat.redis.internal.queue.RawAppends;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/**
 * The commands of the adapters, for contestants that send them in another way. This class is in the package of the
 * adapters, because their list of scripts and their key prefix are not public. Safe for use by several threads.
 */
public final class RawCommands {
    private static final long SOME_SEQ = 1_800_000_000_000_000L;
    private static final long SOME_TIME = 1_800_000_000_000L;

    private final RedisKeys keys =
            new RedisKeys(RedisConfig.of("redis://localhost:6379").keyPrefix());
    private final RawAppends appends;

    /** Commands for queues with these limits; loads the scripts into the server. */
    public RawCommands(UnifiedJedis client, QueueLimits limits) {
        appends = new RawAppends(keys, limits);
        for (LuaScript each : ClientAssembly.SCRIPTS) {
            client.executeCommand(
                    object(new CommandArguments(Command.SCRIPT).add("LOAD").add(each.source())));
        }
    }

    /** Appends a message to its recipient's queue. */
    public RawAppends.Append append(ChatEvent.Message message) {
        return appends.append(message);
    }

    /**
     * Publishes a message. The Seq that is published is a stand-in of the same length, so that both commands of a
     * message fit into one pipeline.
     */
    public CommandObject<Object> publish(ChatEvent.Message message) {
        byte[] channel = keys.channel(message.to());
        Envelope stored = Envelope.stored(SOME_SEQ, SOME_TIME, message);
        return object(RedisCommand.of(channel, Command.PUBLISH, channel, stored.json())
                .arguments(ServerIdentity.UNKNOWN));
    }

    private static CommandObject<Object> object(CommandArguments arguments) {
        return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
    }
}
