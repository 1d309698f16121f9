package io.webchat.redis.internal.client.sentinel;

import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Connects to the master that sentinels name. Each attempt asks the sentinels in turn, and then asks the named server
 * whether each is a master.
 *
 * <p>One thread asks all sentinels every second, and drops the connections to a master that was replaced. Such a master
 * may not know of its replacement, and would accept writes that are lost later.
 *
 * <p>Of two answers, the one with the higher configuration epoch is right. A lower epoch counts only if all sentinels
 * agree on each, for example after they were set up again.
 */
public final class SentinelConnectionFactory implements ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(SentinelConnectionFactory.class);
    private static final long POLL_MILLIS = 1000;

    private final ClientSettings settings;
    private final List<SentinelClient> polled;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private SentinelClient.@Nullable Answer best;

    /** Starts the thread that asks the sentinels. */
    public SentinelConnectionFactory(ClientSettings settings) {
        this.settings = settings;
        this.polled = sentinels();
        Thread poller = new Thread(this::pollUntilClosed, "webchat-redis-sentinel");
        poller.setDaemon(true);
        poller.start();
    }

    private List<SentinelClient> sentinels() {
        return settings.servers().stream()
                .map(each -> new SentinelClient(settings, each))
                .toList();
    }

    @Override
    public ServerConnection connect() {
        JedisException failure = new JedisConnectionException(
                "no sentinel of " + settings.servers() + " names a usable master " + settings.masterName());
        for (SentinelClient each : sentinels()) {
            try (each) {
                SentinelClient.Answer answer = each.ask();
                if (isCurrent(answer)) {
                    return master(answer.master());
                }
                failure.addSuppressed(new JedisConnectionException(each + " has an old epoch"));
            } catch (JedisException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private ServerConnection master(HostAndPort server) {
        ServerConnection connection = settings.connect(server);
        try {
            if (!isMaster(connection)) {
                throw new JedisConnectionException(server + " is named as the master, but is not");
            }
            connections.add(connection);
            return connection;
        } catch (JedisException e) {
            connection.drop();
            throw e;
        }
    }

    private static boolean isMaster(ServerConnection connection) {
        connection.write(new CommandArguments(Command.ROLE));
        connection.flush();
        Object reply = connection.read();
        if (reply instanceof JedisDataException refusal) {
            throw refusal;
        }
        return reply instanceof List<?> role
                && role.get(0) instanceof byte[] name
                && ReplyText.of(name).equals("master");
    }

    private boolean isCurrent(SentinelClient.Answer answer) {
        synchronized (lock) {
            if (best == null || answer.epoch() >= best.epoch()) {
                best = answer;
                return true;
            }
            return false;
        }
    }

    private void pollUntilClosed() {
        try {
            while (!closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                poll();
            }
        } catch (InterruptedException e) {
            log.debug("the thread that asks the sentinels was interrupted", e);
        }
        polled.forEach(SentinelClient::close);
    }

    private void poll() {
        try {
            List<SentinelClient.Answer> answers = polled.stream()
                    .map(SentinelClient::tryAsk)
                    .flatMap(Stream::ofNullable)
                    .toList();
            HostAndPort master = decide(answers);
            connections.removeIf(ServerConnection::isBroken);
            connections.stream()
                    .filter(each -> master != null && !each.server().equals(master))
                    .forEach(each -> {
                        log.warn("the master {} is {} now, no longer {}", settings.masterName(), master, each.server());
                        each.drop();
                    });
        } catch (RuntimeException | Error e) {
            // An exception would end the thread.
            log.error("cannot find the master {}", settings.masterName(), e);
        }
    }

    private @Nullable HostAndPort decide(Collection<SentinelClient.Answer> answers) {
        synchronized (lock) {
            boolean all = answers.size() == polled.size();
            SentinelClient.Answer known = all ? null : best;
            best = Stream.concat(Stream.ofNullable(known), answers.stream())
                    .max((a, b) -> Long.compare(a.epoch(), b.epoch()))
                    .orElse(best);
            return best == null ? null : Objects.requireNonNull(best).master();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
