package io.webchat.redis;

import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static io.webchat.redis.TestConfigs.TIMEOUT;
import static io.webchat.redis.TestConfigs.impatient;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.SingleServerClient;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Redis that is away refuses in time, blocks nobody, and heals without anybody doing anything. */
@ExtendWith(RedisServers.class)
final class G9OutageTest {
    /** The time-out, a tick of the watch, and what a busy machine adds. */
    /** The time-out, and what a busy machine may add to it; a call that hangs takes for ever. */
    private static final Duration SOON = TIMEOUT.plusSeconds(5);

    private static final String BIG = "x".repeat(256 << 10);

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    private static void awaitHealed(RedisConnections redis) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            CompletableFuture<Object> call = rpush(redis.commands(), "healed", 1);
            return call.handle((reply, failure) -> failure == null).join();
        });
    }

    private static void warmUp(RedisConnections redis) {
        rpush(redis.commands(), "healed", 0).join();
    }

    private static List<CompletableFuture<Object>> many(RedisConnections redis, int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> rpush(redis.commands(), "k" + i, value))
                .toList();
    }

    private static void assertUnavailableSoon(List<CompletableFuture<Object>> calls) {
        long end = System.nanoTime() + SOON.toNanos();
        for (CompletableFuture<Object> each : calls) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            assertThat(failure(each, left)).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void G9_aNetworkThatSwallowsEverythingFailsCallsInTime(Direction direction) {
        try (RedisServer server = RedisServer.builder().start();
                TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());
                RedisConnections redis = RedisConnections.open(impatient(proxy).build())) {
            warmUp(redis);
            proxy.blackHole(direction);
            assertUnavailableSoon(many(redis, 100, "small"));
            // By now the connection is known to be dead, and new ones die while they log in.
            assertUnavailableSoon(many(redis, 100, "small"));
            proxy.heal();
            awaitHealed(redis);
        }
    }

    @Test
    void G9_writesThatBlockFailInTime(RedisServer server) {
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).build())) {
            warmUp(redis);
            server.pause();
            assertUnavailableSoon(many(redis, 200, BIG));
            server.resume();
            awaitHealed(redis);
        }
    }

    @Test
    void G9_writesOverTlsThatBlockFailInTime() {
        try (RedisServer server = RedisServer.builder().tls().start();
                RedisConnections redis = RedisConnections.open(TestConfigs.tls(server, "localhost")
                        .commandTimeout(TIMEOUT)
                        .build())) {
            warmUp(redis);
            server.pause();
            assertUnavailableSoon(many(redis, 200, BIG));
            server.resume();
            awaitHealed(redis);
        }
    }

    /** A server that is held reads nothing, and so blocks a write that its kernel has no room for. */
    private static void assertGivesWay(RedisServer held, RedisConfig first, RedisServer other) {
        RedisConfig second = impatient(other.url()).build();
        AtomicInteger connects = new AtomicInteger();
        ConnectionFactory endpoint = () -> {
            RedisConfig config = connects.getAndIncrement() == 0 ? first : second;
            return TestConfigs.connect(config);
        };
        try (CommandClient commands = new SingleServerClient(TestConfigs.settings(second), endpoint)) {
            rpush(commands, "k", 1).join();
            held.pause();
            for (int i = 0; i < 200; i++) {
                CompletableFuture<Object> unused = rpush(commands, "big" + i, BIG);
            }
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> connects.get() == 2);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> rpush(commands, "k", 2)
                            .handle((reply, failure) -> failure == null)
                            .join());
        }
    }

    @Test
    void G9_aWriteThatBlocksForEverGivesWayToANewConnection(RedisServer held, RedisServer other) {
        assertGivesWay(held, impatient(held.url()).build(), other);
    }

    @Test
    void G9_aWriteOverTlsThatBlocksForEverGivesWayToANewConnection(RedisServer other) {
        try (RedisServer held = RedisServer.builder().tls().start()) {
            assertGivesWay(held, TestConfigs.tls(held), other);
        }
    }

    @Test
    void G9_aRefusingServerFailsCallsInTimeAndHeals(RedisServer server) {
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).build())) {
            server.kill();
            assertUnavailableSoon(many(redis, 100, "small"));
            server.restart();
            awaitHealed(redis);
        }
    }

    @Test
    void aServerMayComeLater(RedisServer server) {
        server.kill();
        try (RedisConnections redis = RedisConnections.open(server.url())) {
            CompletableFuture<Object> early = rpush(redis.commands(), "n", 1);
            server.restart();
            assertThat(early.join()).isEqualTo(1L);
        }
    }

    @Test
    void G9_aLongPauseFailsCallsInTime(RedisServer server) {
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).build())) {
            warmUp(redis);
            server.command("CLIENT", "PAUSE", "2500");
            assertUnavailableSoon(many(redis, 100, "small"));
            awaitHealed(redis);
        }
    }

    @Test
    void G9_noCallerIsEverBlocked(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(
                impatient(server.url()).maxWaiting(10_000, 64 << 20).build())) {
            warmUp(redis);
            server.pause();
            Duration longest = Duration.ZERO;
            for (int i = 0; i < 20_000; i++) {
                long before = System.nanoTime();
                CompletableFuture<Object> unused = rpush(redis.commands(), "k" + i, "value");
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            server.resume();
            assertThat(longest).isLessThan(Duration.ofMillis(500));
        }
    }

    @Test
    void G9_tooManyCallsFailAtOnceAndTheRestIsServed(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(RedisConfig.builder(server.url())
                .maxWaiting(10, 1_000)
                .commandTimeout(Duration.ofSeconds(20))
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
    void refusalsAreTranslated(RedisServer server) {
        server.command("SET", "text", "no list");
        server.command("ACL", "SETUSER", "poor", "on", ">x", "~*", "&*", "+@all", "-rpush");
        try (RedisConnections redis = RedisConnections.open(server.url());
                RedisConnections poor = RedisConnections.open("redis://poor:x@127.0.0.1:" + server.port())) {
            assertThat(failure(rpush(redis.commands(), "text", 1), SOON)).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failure(rpush(poor.commands(), "k", 1), SOON)).isEqualTo(ErrorCode.UNAVAILABLE);
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            assertThat(failure(rpush(redis.commands(), "k", BIG), SOON)).isEqualTo(ErrorCode.QUEUE_FULL);
            server.command("CONFIG", "SET", "maxmemory", "0");
            warmUp(redis);
        }
    }

    @Test
    void aLateFailureIsTheOnlyOne(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(
                impatient(server.url()).maxWaiting(100, 1 << 20).build())) {
            warmUp(redis);
            for (int i = 0; i < 3; i++) {
                server.pause();
                assertUnavailableSoon(many(redis, 100, "small"));
                server.resume();
                awaitHealed(redis);
                // Room for one hundred: each call gave back its place, and gave it back once.
                many(redis, 100, "small").forEach(CompletableFuture::join);
            }
            server.pause();
            many(redis, 100, "small");
            assertThat(rpush(redis.commands(), "k", 1)).isCompletedExceptionally();
            server.resume();
        }
    }
}
