package io.webchat.redis.internal.queue;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.PublishingQueue.Published;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ServerIdentity;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * The appends of the adapter, for callers that send the commands themselves. They remember the state of each queue as
 * the adapter does, so that both take the same way through the script. Safe for use by several threads.
 */
public final class RawAppends {
    private final QueueScripts scripts;
    private final QueueArguments common;
    private final Map<UserId, KnownQueue> queues = new ConcurrentHashMap<>();

    /** Appends to queues with these keys and limits. */
    public RawAppends(RedisKeys keys, QueueLimits limits) {
        this.common = new QueueArguments(limits);
        this.scripts = new QueueScripts(keys, common);
    }

    /** One append, which its caller sends once. */
    public static final class Append {
        private final AppendStep step;
        private final CompletableFuture<Published> result;
        private final CommandArguments arguments;

        private Append(AppendStep step, CompletableFuture<Published> result, CommandArguments arguments) {
            this.step = step;
            this.result = result;
            this.arguments = arguments;
        }

        /** The command. */
        public CommandObject<Object> command() {
            return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
        }

        /**
         * Takes the replies of Redis to the append and to the publish of the message. Throws if one of them failed, or
         * the message was not stored, so that nobody wins by failing.
         */
        public void onReplies(Object appended, Object published) {
            checkSuccess(appended);
            checkSuccess(published);
            step.complete(appended);
            if (result.join().appended().duplicate()) {
                throw new IllegalStateException("not stored: a message of the workload was taken for a resend");
            }
        }
    }

    private static void checkSuccess(Object reply) {
        if (reply instanceof RuntimeException refusal) {
            throw refusal;
        }
    }

    /** Appends a message to its recipient's queue. */
    public Append append(ChatEvent.Message message) {
        KnownQueue queue = queues.computeIfAbsent(message.to(), any -> new KnownQueue());
        AppendStep step = new AppendStep(common, queue, StepKind.MESSAGES, false, 0);
        CompletableFuture<Published> result = new CompletableFuture<>();
        if (!step.join(message, result)) {
            throw new IllegalStateException("a new step takes no message");
        }
        return new Append(step, result, scripts.append(message.to(), step).arguments(ServerIdentity.UNKNOWN));
    }
}
