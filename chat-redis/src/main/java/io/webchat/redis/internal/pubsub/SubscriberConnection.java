package io.webchat.redis.internal.pubsub;

import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.internal.client.ReconnectDelay;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
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
 * A connection to one server for pub/sub only. One thread reads and delivers messages. Another thread writes, so no
 * caller ever waits for the socket.
 *
 * <p>If the connection is lost, the reading thread connects again and subscribes all wanted channels. It detects a dead
 * connection in two ways: the writing thread sends a PING after an idle time, and a read fails if no byte arrives
 * within the time for the reply. The time of listeners does not count, because nothing reads meanwhile.
 */
public final class SubscriberConnection implements ChannelSubscriber {
    private static final Logger log = LoggerFactory.getLogger(SubscriberConnection.class);

    /** The time without a write after which a PING is sent. */
    public static final Duration IDLE = Duration.ofSeconds(5);

    private final ConnectionFactory factory;
    private final PubSubMode mode;
    private final Owner owner;
    private final OutageLog outages;
    private final Duration idle;
    private final Duration readTimeout;
    private final SubscriptionProtocol protocol;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReconnectDelay reconnectDelay = new ReconnectDelay();
    private volatile @Nullable ServerConnection connection;

    /**
     * Connects in the background.
     *
     * @param name the prefix of its threads' names
     * @param timeout the longest time for a reply
     */
    public SubscriberConnection(
            ConnectionFactory factory,
            PubSubMode mode,
            Owner owner,
            OutageLog outages,
            String name,
            Duration idle,
            Duration timeout) {
        this.factory = factory;
        this.mode = mode;
        this.owner = owner;
        this.outages = outages;
        this.idle = idle;
        this.readTimeout = idle.plus(timeout);
        this.protocol = new SubscriptionProtocol(mode, owner);
        start(this::readUntilClosed, name + "-reader");
        start(this::writeUntilClosed, name + "-writer");
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletableFuture<Void> join(String channel) {
        return protocol.join(channel);
    }

    @Override
    public CompletableFuture<Void> leave(String channel) {
        return protocol.leave(channel);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void readUntilClosed() {
        while (!isClosed()) {
            try {
                readAll(factory.connect());
            } catch (RuntimeException | Error e) {
                // An exception would end the thread, and nothing would reconnect.
                reconnectAfter(e);
            }
        }
        drop();
    }

    private void readAll(ServerConnection current) {
        connection = current;
        current.setSoTimeout((int) readTimeout.toMillis());
        protocol.connected(current);
        while (!isClosed()) {
            Object reply = current.read();
            handle(reply);
            reconnectDelay.reset();
            outages.answered(current);
        }
    }

    private void handle(@Nullable Object reply) {
        if (reply instanceof JedisDataException refusal) {
            protocol.refused(refusal);
        } else if (reply instanceof List<?> parts && parts.size() >= 2) {
            handle(ReplyText.of(parts.get(0)), parts);
        } else {
            // Without a subscription, the reply to a PING is a plain string.
            expectPong(ReplyText.of(reply));
        }
    }

    private void handle(String kind, List<?> parts) {
        String channel = ReplyText.of(parts.get(1));
        if (mode.isMessage(kind) && parts.size() == 3 && parts.get(2) instanceof byte[] payload) {
            owner.message(channel, payload);
        } else if (mode.isSubscribed(kind)) {
            protocol.confirmed(true, channel);
        } else if (mode.isUnsubscribed(kind)) {
            protocol.confirmed(false, channel);
        } else {
            expectPong(kind);
        }
    }

    private void expectPong(String reply) {
        if (!reply.equalsIgnoreCase("pong")) {
            throw SubscriptionProtocol.outOfStep(reply);
        }
        protocol.pong();
    }

    private void reconnectAfter(Throwable why) {
        ServerConnection lost = connection;
        drop();
        protocol.lost();
        if (isClosed()) {
            return;
        }
        outages.lost(lost, why);
        try {
            boolean unused = closed.await(reconnectDelay.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            log.debug("the pause before the next connection to Redis was interrupted", e);
        }
    }

    private void writeUntilClosed() {
        while (!isClosed()) {
            try {
                SubscriptionProtocol.Batch batch = protocol.next(idle);
                if (batch != null) {
                    send(batch);
                }
            } catch (InterruptedException e) {
                log.warn("the pub/sub connection to Redis closes, because its thread was interrupted", e);
                close();
            } catch (RuntimeException | Error e) {
                log.debug("cannot write to the pub/sub connection", e);
                breakConnection();
            }
        }
    }

    private static void send(SubscriptionProtocol.Batch batch) {
        try {
            for (CommandArguments each : batch.commands()) {
                batch.connection().write(each);
            }
            batch.connection().flush();
        } catch (JedisConnectionException e) {
            log.debug("cannot write to {}", batch.connection().server(), e);
            batch.connection().drop();
        }
    }

    /** Closes the socket. The reading thread notices, and connects again. */
    private void breakConnection() {
        ServerConnection current = connection;
        if (current != null) {
            current.drop();
        }
    }

    private void drop() {
        breakConnection();
        connection = null;
    }

    @Override
    public void close() {
        closed.countDown();
        protocol.close();
        breakConnection();
    }
}
