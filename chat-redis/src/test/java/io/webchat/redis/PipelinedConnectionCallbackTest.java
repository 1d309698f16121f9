package io.webchat.redis;

import static io.webchat.redis.TestCommands.bytes;
import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static io.webchat.redis.TestConfigs.TIMEOUT;
import static io.webchat.redis.TestConfigs.impatient;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Protocol.Command;

/** A callback of a call cannot stop other calls, and closing ends all calls and threads. */
@ExtendWith(RedisServers.class)
final class PipelinedConnectionCallbackTest {
    private static final Duration SOON = TIMEOUT.plusSeconds(30);

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @Test
    void aCallbackThatThrowsAffectsNoOtherCall(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(server.url())) {
            List<CompletableFuture<Object>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> rpush(redis.commands(), "k", i))
                    .toList();
            CompletableFuture<?> unused = calls.get(0).thenRun(() -> {
                throw new StackOverflowError("from a test");
            });
            calls.forEach(CompletableFuture::join);
            rpush(redis.commands(), "k", 1).join();
        }
    }

    @Test
    void aCallbackThatInterruptsItsThreadAffectsNoOtherCall(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(server.url())) {
            for (int i = 0; i < 20; i++) {
                rpush(redis.commands(), "k", i)
                        .thenRun(() -> Thread.currentThread().interrupt())
                        .join();
            }
            rpush(redis.commands(), "k", 20).join();
        }
    }

    @Test
    void aCallbackThatBlocksDelaysOneConnectionOnly(RedisServer server) {
        CountDownLatch release = new CountDownLatch(1);
        try (RedisConnections redis =
                RedisConnections.open(impatient(server.url()).connections(2).build())) {
            String here = key(0);
            String there = key(1);
            awaitAnswer(redis, here);
            awaitAnswer(redis, there);
            server.command("CLIENT", "PAUSE", "100");
            CompletableFuture<?> unused = rpush(redis.commands(), here, 1).thenRun(() -> await(release));
            CompletableFuture<Object> behind = rpush(redis.commands(), here, 2);
            Awaitility.await()
                    .until(() -> threadState("webchat-redis-0")
                            .contains(PipelinedConnectionCallbackTest.class.getSimpleName()));
            CompletableFuture<Object> later = rpush(redis.commands(), here, 3);

            awaitAnswer(redis, there);
            assertThat(failure(behind, SOON)).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(later, SOON)).isEqualTo(ErrorCode.UNAVAILABLE);
            release.countDown();
            awaitAnswer(redis, here);
        } finally {
            release.countDown();
        }
    }

    @Test
    void closingFailsWaitingCallsAndEndsAllThreads(RedisServer server) {
        List<String> before = TestCommands.threads();
        RedisConnections redis = RedisConnections.open(
                RedisConfig.builder(server.url()).connections(4).build());
        rpush(redis.commands(), "k", 1).join();
        server.pause();
        List<CompletableFuture<Object>> calls = IntStream.range(0, 5_000)
                .mapToObj(i -> rpush(redis.commands(), "k" + i, i))
                .toList();

        redis.close();

        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedExceptionally());
        assertThat(failure(rpush(redis.commands(), "k", 1), Duration.ZERO)).isEqualTo(ErrorCode.UNAVAILABLE);
        Awaitility.await().until(() -> TestCommands.threads().equals(before));
        redis.close();
    }

    @Test
    void closingAbortsAConnectionAttempt(RedisServer server) {
        List<String> before = TestCommands.threads();
        try (TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port())) {
            proxy.blackHole(Direction.TO_CLIENT);
            RedisConnections redis = RedisConnections.open(impatient(proxy).build());
            CompletableFuture<Object> call = rpush(redis.commands(), "k", 1);
            Awaitility.await().until(() -> proxy.connections() > 0);

            redis.close();

            assertThat(call).isCompletedExceptionally();
            Awaitility.await().until(() -> TestCommands.threads().equals(before));
        }
    }

    @Test
    void aCallbackMayCloseTheConnections(RedisServer server) {
        List<String> before = TestCommands.threads();
        RedisConnections redis = RedisConnections.open(server.url());
        rpush(redis.commands(), "k", 1).thenRun(redis::close).join();
        Awaitility.await().until(() -> TestCommands.threads().equals(before));
    }

    /** Repeats the call until it is answered, because a busy machine may need longer than the timeout. */
    private static void awaitAnswer(RedisConnections redis, String key) {
        Awaitility.await()
                .until(() -> rpush(redis.commands(), key, 1)
                        .handle((reply, failure) -> failure == null)
                        .join());
    }

    /** A key whose slot belongs to the connection with this number, of two. */
    private static String key(int connection) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "k" + i)
                .filter(key -> RedisCommand.of(bytes(key), Command.RPUSH).slot() % 2 == connection)
                .findFirst()
                .orElseThrow();
    }

    private static String threadState(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(name))
                .map(entry -> List.of(entry.getValue()).toString())
                .collect(Collectors.joining());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
