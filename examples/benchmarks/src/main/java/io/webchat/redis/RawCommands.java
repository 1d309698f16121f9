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

    /** The two commands of one message, which its caller sends once. */
    public static final class Pair {
        private final RawAppends.Append append;
        private final CommandObject<Object> publish;

        private Pair(RawAppends.Append append, CommandObject<Object> publish) {
            this.append = append;
            this.publish = publish;
        }

        /** Appends the message. */
        public CommandObject<Object> append() {
            return object(append.arguments());
        }

        /** Publishes the message. */
        public CommandObject<Object> publish() {
            return publish;
        }

        /** Takes the replies of Redis; throws if a command failed, so that nobody wins by failing. */
        public void onReplies(Object appended, Object published) {
            append.onReply(appended);
            if (published instanceof RuntimeException refusal) {
                throw refusal;
            }
        }
    }

    /**
     * Appends a message to its recipient's queue, and publishes it. The Seq that is published is a stand-in of the same
     * length, so that both commands fit into one pipeline.
     */
    public Pair pair(ChatEvent.Message message) {
        byte[] channel = keys.channel(message.to());
        Envelope stored = Envelope.stored(SOME_SEQ, SOME_TIME, message);
        return new Pair(
                appends.append(message),
                object(RedisCommand.of(channel, Command.PUBLISH, channel, stored.json())
                        .arguments(ServerIdentity.UNKNOWN)));
    }

    private static CommandObject<Object> object(CommandArguments arguments) {
        return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
    }
}
