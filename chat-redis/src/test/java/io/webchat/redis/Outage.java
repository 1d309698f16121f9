package io.webchat.redis;

import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static io.webchat.redis.TestConfigs.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Sends calls to a Redis that may be down, and checks how they end. */
final class Outage {
    /** The timeout and a generous margin for a busy machine. A call that hangs takes for ever. */
    static final Duration SOON = TIMEOUT.plusSeconds(30);

    /** More than a socket's buffers hold in a few calls. */
    static final String BIG = "x".repeat(256 << 10);

    private Outage() {}

    /** Waits until a call succeeds. */
    static void awaitHealed(RedisConnections redis) {
        Awaitility.await().until(() -> {
            CompletableFuture<Object> call = rpush(redis.commands(), "healed", 1);
            return call.handle((reply, failure) -> failure == null).join();
        });
    }

    static List<CompletableFuture<Object>> many(RedisConnections redis, int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> rpush(redis.commands(), "k" + i, value))
                .toList();
    }

    static void assertUnavailableSoon(List<CompletableFuture<Object>> calls) {
        long end = System.nanoTime() + SOON.toNanos();
        for (CompletableFuture<Object> each : calls) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            assertThat(failure(each, left)).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }
}
