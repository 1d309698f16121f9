package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Redis without memory left gives its messages to the readers that come, and takes messages again by itself. */
@ExtendWith(RedisServers.class)
@Tag("fault")
@Tag("process")
final class FullRedisTest extends FaultsFixture {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final int CAPACITY = 2 << 20;

    private final List<String> acknowledged = new ArrayList<>();

    @Test
    void G1_G9_a_full_Redis_drains_when_its_reader_comes(RedisServer redis) {
        Chat one = node(patient(redis.url()));
        ChatSession alice = one.open(ALICE, (session, envelope) -> session.confirm(envelope.seq()))
                .toCompletableFuture()
                .join();
        long used = Long.parseLong(redis.info("memory").getOrDefault("used_memory", ""));
        redis.command("CONFIG", "SET", "maxmemory", Long.toString(used + CAPACITY));
        fill(alice);
        assertThat(acknowledged).hasSizeGreaterThan(300);

        Chat two = node(patient(redis.url()));
        ReceivingUser bob = new ReceivingUser(BOB, two);
        opened(bob::close);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bob.seen()).containsAll(acknowledged));
        assertThat(bob.seen()).startsWith(acknowledged.get(0)).doesNotHaveDuplicates();
        assertThat(bob.violations()).isEmpty();

        await().atMost(Duration.ofSeconds(30)).until(() -> send(alice, "again") == null);
        await().until(() -> bob.seen().contains("again"));
    }

    /** Sends messages until Redis is full. */
    private void fill(ChatSession alice) {
        ErrorCode refusal = null;
        for (int i = 0; refusal == null; i++) {
            refusal = send(alice, "m" + i);
            if (refusal == null) {
                acknowledged.add("m" + i);
            }
        }
        assertThat(refusal).isEqualTo(ErrorCode.QUEUE_FULL);
    }

    /** The refusal; null if the message was acknowledged. */
    private static @Nullable ErrorCode send(ChatSession alice, String id) {
        try {
            var unused = alice.send(ChatEvent.message(ALICE, BOB, MessageId.of(id), "x".repeat(3000)))
                    .toCompletableFuture()
                    .join();
            return null;
        } catch (CompletionException e) {
            return Objects.requireNonNull((ChatException) e.getCause()).code();
        }
    }
}
