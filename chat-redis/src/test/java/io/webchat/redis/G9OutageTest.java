package io.webchat.redis;

import static io.webchat.redis.Outage.BIG;
import static io.webchat.redis.Outage.SOON;
import static io.webchat.redis.Outage.assertUnavailableSoon;
import static io.webchat.redis.Outage.awaitHealed;
import static io.webchat.redis.Outage.many;
import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static io.webchat.redis.TestConfigs.impatient;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While Redis is unreachable or does not answer, calls fail in time and no caller is blocked. Calls succeed again by
 * themselves when Redis is back.
 */
@ExtendWith(RedisServers.class)
@Tag("fault")
final class G9OutageTest {
    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @ParameterizedTest
    @EnumSource
    void G9_callsFailInTimeIfTheNetworkLosesAllBytes(Direction direction) {
        try (RedisServer server = RedisServer.builder().start();
                TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());
                RedisConnections redis = RedisConnections.open(impatient(proxy).build())) {
            awaitHealed(redis);
            proxy.blackHole(direction);
            assertUnavailableSoon(many(redis, 100, "small"));
            // Now the connection counts as dead, and each new connection fails while it logs in.
            assertUnavailableSoon(many(redis, 100, "small"));
            proxy.heal();
            awaitHealed(redis);
        }
    }

    @Test
    @Tag("process")
    void G9_callsFailInTimeWhileTheServerIsDown(RedisServer server) {
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).build())) {
            server.kill();
            assertUnavailableSoon(many(redis, 100, "small"));
            server.restart();
            awaitHealed(redis);
        }
    }

    @Test
    void aCallWaitsForAServerThatStartsLater(RedisServer server) {
        server.kill();
        try (RedisConnections redis = RedisConnections.open(server.url())) {
            CompletableFuture<Object> early = rpush(redis.commands(), "n", 1);
            server.restart();
            assertThat(early.join()).isEqualTo(1L);
        }
    }

    @Test
    void G9_callsFailInTimeDuringALongPause(RedisServer server) {
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).build())) {
            awaitHealed(redis);
            server.command("CLIENT", "PAUSE", "1500");
            assertUnavailableSoon(many(redis, 100, "small"));
            awaitHealed(redis);
        }
    }

    @Test
    void G9_noCallerIsBlockedWhileTheServerIsPaused(RedisServer server) {
        // A blocked caller would wait for the timeout.
        Duration timeout = Duration.ofMinutes(1);
        try (RedisConnections redis = RedisConnections.open(RedisConfig.builder(server.url())
                .commandTimeout(timeout)
                .maxWaiting(10_000, 64 << 20)
                .build())) {
            awaitHealed(redis);
            server.pause();
            Duration longest = Duration.ZERO;
            for (int i = 0; i < 20_000; i++) {
                long before = System.nanoTime();
                CompletableFuture<Object> unused = rpush(redis.commands(), "k" + i, "value");
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            server.resume();
            assertThat(longest).isLessThan(timeout.dividedBy(2));
        }
    }

    @Test
    void G9_callsBeyondTheLimitFailAtOnce(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(RedisConfig.builder(server.url())
                .maxWaiting(10, 1_000)
                .commandTimeout(Duration.ofMinutes(1))
                .build())) {
            server.pause();
            List<CompletableFuture<Object>> taken = many(redis, 10, "small");
            CompletableFuture<Object> eleventh = rpush(redis.commands(), "k", "small");
            assertThat(eleventh).isCompletedExceptionally();
            assertThat(failure(eleventh, Duration.ZERO)).isEqualTo(ErrorCode.UNAVAILABLE);

            server.resume();
            taken.forEach(CompletableFuture::join);
            assertThat(failure(rpush(redis.commands(), "k", BIG), Duration.ZERO))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            many(redis, 10, "small").forEach(CompletableFuture::join);
        }
    }

    @Test
    void errorRepliesBecomeErrorCodes(RedisServer server) {
        server.command("SET", "text", "no list");
        server.command("ACL", "SETUSER", "poor", "on", ">x", "~*", "&*", "+@all", "-rpush");
        try (RedisConnections redis = RedisConnections.open(server.url());
                RedisConnections poor = RedisConnections.open("redis://poor:x@127.0.0.1:" + server.port())) {
            assertThat(failure(rpush(redis.commands(), "text", 1), SOON)).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failure(rpush(poor.commands(), "k", 1), SOON)).isEqualTo(ErrorCode.UNAVAILABLE);
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            assertThat(failure(rpush(redis.commands(), "k", BIG), SOON)).isEqualTo(ErrorCode.QUEUE_FULL);
            server.command("CONFIG", "SET", "maxmemory", "0");
            awaitHealed(redis);
        }
    }

    @Test
    void eachTimedOutCallFreesItsCapacityOnce(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(
                impatient(server.url()).maxWaiting(100, 1 << 20).build())) {
            awaitHealed(redis);
            for (int i = 0; i < 3; i++) {
                server.pause();
                assertUnavailableSoon(many(redis, 100, "small"));
                server.resume();
                awaitHealed(redis);
                // The capacity is 100 calls, so each failed call must have freed its share.
                many(redis, 100, "small").forEach(CompletableFuture::join);
            }
            server.pause();
            many(redis, 100, "small");
            assertThat(rpush(redis.commands(), "k", 1)).isCompletedExceptionally();
            server.resume();
        }
    }
}
