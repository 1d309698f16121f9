package io.webchat.redis.internal.pubsub;

import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.ReconnectDelay;
import io.webchat.redis.internal.client.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to one server that does nothing but pub/sub. One thread reads, and hands out what it reads; another
 * writes, so that no caller ever waits for the socket.
 *
 * <p>A lost connection is made anew, and everything wanted is subscribed on it. One that died in silence is found out
 * by a PING while nothing is written, and by a read that gets not one byte for as long as the answer may take; time
 * that a listener takes does not count, since nobody reads meanwhile.
 */
public final class SubscriberConnection implements ChannelSubscriber {
    private static final Logger log = LoggerFactory.getLogger(SubscriberConnection.class);

    /** How long nothing is written before a PING is. */
    public static final Duration IDLE = Duration.ofSeconds(5);

    private final ConnectionFactory endpoint;
    private final PubSubMode mode;
    private final Owner owner;
    private final Duration idle;
    private final Duration silence;
    private final SubscriptionProtocol subscriptions;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReconnectDelay reconnectDelay = new ReconnectDelay();
    private volatile @Nullable ServerConnection wire;
    private boolean complained;

    /**
     * Connects in the background.
     *
     * @param name what its threads are called
     * @param timeout how long an answer may take
     */
    public SubscriberConnection(
            ConnectionFactory endpoint, PubSubMode mode, Owner owner, String name, Duration idle, Duration timeout) {
        this.endpoint = endpoint;
        this.mode = mode;
        this.owner = owner;
        this.idle = idle;
        this.silence = idle.plus(timeout);
        this.subscriptions = new SubscriptionProtocol(mode, owner);
        start(this::read, name + "-reader");
        start(this::write, name + "-writer");
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletableFuture<Void> join(String channel) {
        return subscriptions.join(channel);
    }

    @Override
    public CompletableFuture<Void> leave(String channel) {
        return subscriptions.leave(channel);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void read() {
        while (!isClosed()) {
            try {
                follow(endpoint.connect());
            } catch (RuntimeException | Error e) {
                // Nobody would notice if this thread ended.
                lost(e);
            }
        }
        drop();
    }

    private void follow(ServerConnection there) {
        wire = there;
        there.setSoTimeout((int) silence.toMillis());
        subscriptions.connected(there);
        while (!isClosed()) {
            Object reply = there.read();
            handle(reply);
            reconnectDelay.reset();
            if (complained) {
                complained = false;
                log.info("Redis at {} is listened to again", there.server());
            }
        }
    }

    private void handle(@Nullable Object reply) {
        if (reply instanceof JedisDataException refusal) {
            subscriptions.refused(refusal);
        } else if (reply instanceof List<?> parts && parts.size() >= 2) {
            handle(text(parts.get(0)), parts);
        } else {
            // Without any subscription the connection answers a PING as any other does.
            expectPong(text(reply));
        }
    }

    private void handle(String kind, List<?> parts) {
        String channel = text(parts.get(1));
        if (mode.isMessage(kind) && parts.size() == 3 && parts.get(2) instanceof byte[] payload) {
            owner.message(channel, payload);
        } else if (mode.isSubscribed(kind)) {
            subscriptions.confirmed(true, channel);
        } else if (mode.isUnsubscribed(kind)) {
            subscriptions.confirmed(false, channel);
        } else {
            expectPong(kind);
        }
    }

    private void expectPong(String reply) {
        if (!reply.equalsIgnoreCase("pong")) {
            throw SubscriptionProtocol.outOfStep("unexpected " + reply);
        }
        subscriptions.pong();
    }

    private static String text(@Nullable Object part) {
        return part instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(part);
    }

    private void lost(Throwable why) {
        drop();
        subscriptions.lost();
        if (isClosed()) {
            return;
        }
        if (!complained) {
            complained = true;
            log.warn("nothing is heard from Redis for now: {}", String.valueOf(why.getMessage()), why);
        }
        try {
            boolean unused = closed.await(reconnectDelay.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            log.debug("the wait for Redis was cut short", e);
        }
    }

    private void write() {
        while (!isClosed()) {
            try {
                SubscriptionProtocol.Batch batch = subscriptions.next(idle);
                if (batch != null) {
                    send(batch);
                }
            } catch (InterruptedException e) {
                log.warn("something interrupted the connection to Redis, which ends", e);
                close();
            } catch (RuntimeException | Error e) {
                log.debug("cannot write what is to be subscribed", e);
                abandon();
            }
        }
    }

    private static void send(SubscriptionProtocol.Batch batch) {
        try {
            for (CommandArguments each : batch.commands()) {
                batch.wire().write(each);
            }
            batch.wire().flush();
        } catch (JedisConnectionException e) {
            log.debug("cannot write to {}", batch.wire().server(), e);
            batch.wire().drop();
        }
    }

    /** Breaks the connection; the thread that reads finds out, and makes another. */
    private void abandon() {
        ServerConnection there = wire;
        if (there != null) {
            there.drop();
        }
    }

    private void drop() {
        abandon();
        wire = null;
    }

    @Override
    public void close() {
        closed.countDown();
        subscriptions.close();
        abandon();
    }
}
