package io.webchat.redis;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.spi.QueueLimits;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/**
 * The commands that the adapters send, for contestants that send them in another way. It stands in the adapters'
 * package because only there the commands can be had as they are; a copy of them would not follow when they change.
 * Safe for use by several threads.
 */
public final class RawCommands {
    private static final long SOME_SEQ = 1_800_000_000_000_000L;
    private static final long SOME_TIME = 1_800_000_000_000L;

    private final Keys keys = new Keys(RedisConfig.of("redis://localhost:6379").keyPrefix());
    private final Steps steps;

    /** Commands for queues with these limits; loads the scripts into the server. */
    public RawCommands(UnifiedJedis client, QueueLimits limits) {
        steps = new Steps(keys, limits, () -> 0, false);
        for (Script each : Script.ALL) {
            client.executeCommand(
                    object(new CommandArguments(Command.SCRIPT).add("LOAD").add(each.source())));
        }
    }

    /** The two commands of one message. */
    public record Pair(CommandObject<Object> append, CommandObject<Object> publish) {}

    /**
     * Appends a message to its recipient's queue, and publishes it. The Seq that is published is a stand-in of the same
     * length, so that both commands fit into one pipeline.
     */
    public Pair pair(ChatEvent.Message message) {
        byte[] channel = keys.channel(message.to());
        Envelope stored = Envelope.stored(SOME_SEQ, SOME_TIME, message);
        return new Pair(
                object(steps.append(message.to(), message).arguments()),
                object(Call.of(channel, Command.PUBLISH, channel, stored.json()).arguments()));
    }

    private static CommandObject<Object> object(CommandArguments arguments) {
        return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
    }
}
