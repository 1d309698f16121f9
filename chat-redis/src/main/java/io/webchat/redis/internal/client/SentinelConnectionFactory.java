package io.webchat.redis.internal.client;

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
import redis.clients.jedis.exceptions.JedisException;

/**
 * The master that sentinels name. Each new connection asks them in turn, and asks the server that is named whether it
 * takes itself for the master. One thread asks all sentinels every second, and drops the connections to a master that
 * has been replaced: it may not know yet, and would take writes that it loses later.
 *
 * <p>Of two answers the one with the higher configuration epoch is right. A lower one counts only where all sentinels
 * agree on it, as they do after having been set up anew.
 */
public final class SentinelConnectionFactory implements ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(SentinelConnectionFactory.class);
    private static final long POLL_MILLIS = 1000;

    private final ClientSettings settings;
    private final List<SentinelClient> polled;
    private final Set<ServerConnection> made = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private SentinelClient.@Nullable Answer best;

    /** Starts the thread that asks the sentinels. */
    public SentinelConnectionFactory(ClientSettings settings) {
        this.settings = settings;
        this.polled = sentinels();
        Thread watcher = new Thread(this::watch, "webchat-redis-sentinel");
        watcher.setDaemon(true);
        watcher.start();
    }

    private List<SentinelClient> sentinels() {
        return settings.servers().stream()
                .map(it -> new SentinelClient(settings, it))
                .toList();
    }

    @Override
    public ServerConnection connect() {
        JedisException failure =
                new JedisConnectionException("no sentinel leads to the master " + settings.masterName());
        for (SentinelClient each : sentinels()) {
            try (each) {
                SentinelClient.Answer answer = each.ask();
                if (isCurrent(answer)) {
                    return master(answer.master());
                }
                failure.addSuppressed(new JedisConnectionException(each + " is behind"));
            } catch (JedisException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private ServerConnection master(HostAndPort server) {
        ServerConnection wire = settings.connect(server);
        try {
            if (!isMaster(wire)) {
                throw new JedisConnectionException(server + " is named as the master, but is not");
            }
            made.add(wire);
            return wire;
        } catch (JedisException e) {
            wire.drop();
            throw e;
        }
    }

    private static boolean isMaster(ServerConnection wire) {
        wire.write(new CommandArguments(Command.ROLE));
        wire.flush();
        return wire.read() instanceof List<?> role
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

    private void watch() {
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
            made.removeIf(ServerConnection::isBroken);
            made.stream()
                    .filter(it -> master != null && !it.server().equals(master))
                    .forEach(it -> {
                        log.warn("{} is the master of {} now, not {}", master, settings.masterName(), it.server());
                        it.drop();
                    });
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the thread.
            log.error("could not make out the master of {}", settings.masterName(), e);
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
