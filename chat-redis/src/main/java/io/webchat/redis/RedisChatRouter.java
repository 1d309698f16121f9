package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.pubsub.ChannelSubscriptions;
import io.webchat.redis.internal.pubsub.PubSubMode;
import io.webchat.redis.internal.queue.EventFrames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes over Redis pub/sub. Each user has a channel, and a node subscribes to it while the user has a session there.
 * Redis counts the nodes that a publish reaches, so presence needs no table. On a cluster, the channels are sharded.
 *
 * <p>Every stage fails with {@code unavailable} if Redis does not answer in time. The reading thread calls the
 * listeners, one after the other, and completes the stages of subscriptions. Safe for use by many threads.
 */
public final class RedisChatRouter implements ChatRouter {
    private static final Logger log = LoggerFactory.getLogger(RedisChatRouter.class);

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final PubSubMode mode;
    private final CommandClient commands;
    private final ChannelSubscriptions channels;
    private final LogThrottle logThrottle = new LogThrottle();

    /** A router over these connections. The caller closes them. */
    public RedisChatRouter(RedisConnections redis) {
        this.redis = redis;
        this.keys = redis.keys();
        this.mode = redis.pubSub();
        this.commands = redis.commands();
        this.channels = redis.channels();
    }

    /** Whether the subscriptions use these connections. */
    boolean listensOn(RedisConnections connections) {
        return redis == connections;
    }

    @Override
    public CompletableFuture<Subscription> subscribe(UserId user, RouterListener listener) {
        return channels.subscribe(
                new String(keys.channel(user), StandardCharsets.UTF_8), new ChannelSubscriptions.Listener() {
                    @Override
                    public void message(byte[] payload) {
                        deliver(user, payload, listener);
                    }

                    @Override
                    public void resubscribed() {
                        listener.onResubscribed();
                    }
                });
    }

    private void deliver(UserId user, byte[] payload, RouterListener listener) {
        List<Envelope> envelopes;
        try {
            envelopes = EventFrames.parsed(payload);
        } catch (ChatException e) {
            if (logThrottle.permits()) {
                log.warn(
                        "ignored an unreadable event for {}: {}; further events may not be logged",
                        user,
                        e.getMessage());
                log.debug("ignored an unreadable event", e);
            }
            return;
        }
        envelopes.forEach(listener::onEvent);
    }

    @Override
    public CompletableFuture<Integer> publish(UserId user, Envelope envelope) {
        return commands.send(mode.publish(keys.channel(user), EventFrames.published(envelope)))
                .thenApply(reply -> Math.toIntExact(number(reply)));
    }

    @Override
    public CompletableFuture<Boolean> isOnline(UserId user) {
        return commands.send(mode.subscribers(keys.channel(user)))
                .thenApply(reply -> reply instanceof List<?> pair && pair.size() == 2 && number(pair.get(1)) > 0);
    }

    private static long number(Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        throw new ChatException(ErrorCode.INTERNAL, "Redis sent an unexpected reply");
    }
}
