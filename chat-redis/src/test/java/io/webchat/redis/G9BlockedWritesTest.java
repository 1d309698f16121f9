package io.webchat.redis;

import static io.webchat.redis.Outage.BIG;
import static io.webchat.redis.Outage.SOON;
import static io.webchat.redis.Outage.assertUnavailableSoon;
import static io.webchat.redis.Outage.awaitHealed;
import static io.webchat.redis.Outage.many;
import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static io.webchat.redis.TestConfigs.TIMEOUT;
import static io.webchat.redis.TestConfigs.impatient;

import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.internal.client.SingleServerClient;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A server that reads nothing blocks writes to its socket. Calls still fail in time, and a new connection takes over.
 */
@ExtendWith(RedisServers.class)
@Tag("fault")
final class G9BlockedWritesTest {
    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @Test
    void G9_blockedWritesFailInTime(RedisServer server) {
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).build())) {
            awaitHealed(redis);
            server.pause();
            assertUnavailableSoon(many(redis, 200, BIG));
            server.resume();
            awaitHealed(redis);
        }
    }

    @Test
    @Tag("full")
    void G9_blockedWritesOverTlsFailInTime() {
        try (RedisServer server = RedisServer.builder().tls().start();
                RedisConnections redis = RedisConnections.open(TestConfigs.tls(server, "localhost")
                        .commandTimeout(TIMEOUT)
                        .build())) {
            awaitHealed(redis);
            server.pause();
            assertUnavailableSoon(many(redis, 200, BIG));
            server.resume();
            awaitHealed(redis);
        }
    }

    /** The paused server reads nothing, so a write blocks as soon as the socket's buffers are full. */
    private static void assertNewConnectionTakesOver(RedisServer held, RedisConfig first, RedisServer other) {
        RedisConfig second = impatient(other.url()).build();
        AtomicInteger replacements = new AtomicInteger();
        AtomicBoolean paused = new AtomicBoolean();
        ConnectionFactory endpoint = () -> {
            if (!paused.get()) {
                return TestConfigs.connect(first);
            }
            replacements.incrementAndGet();
            return TestConfigs.connect(second);
        };
        try (CommandClient commands = new SingleServerClient(TestConfigs.settings(second), endpoint, new OutageLog())) {
            Awaitility.await()
                    .until(() -> rpush(commands, "k", 1)
                            .handle((reply, failure) -> failure == null)
                            .join());
            paused.set(true);
            held.pause();
            for (int i = 0; i < 200; i++) {
                CompletableFuture<Object> unused = rpush(commands, "big" + i, BIG);
            }
            Awaitility.await().until(() -> replacements.get() > 0);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> rpush(commands, "k", 2)
                            .handle((reply, failure) -> failure == null)
                            .join());
        }
    }

    @Test
    void G9_aNewConnectionReplacesABlockedConnection(RedisServer held, RedisServer other) {
        assertNewConnectionTakesOver(held, impatient(held.url()).build(), other);
    }

    @Test
    @Tag("full")
    void G9_aNewConnectionReplacesABlockedConnectionWithTls(RedisServer other) {
        try (RedisServer held = RedisServer.builder().tls().start()) {
            assertNewConnectionTakesOver(held, TestConfigs.tls(held), other);
        }
    }
}
