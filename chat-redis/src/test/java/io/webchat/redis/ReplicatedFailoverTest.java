package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With {@code replicas(1)}, failovers in a row lose no acknowledged event of a queue, without any call log. */
@ExtendWith(RedisServers.class)
@Tag("cluster")
@Tag("process")
@Tag("full")
final class ReplicatedFailoverTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    @Test
    void G1_two_failovers_in_a_row_lose_no_acknowledged_message(SentinelSetup setup) throws InterruptedException {
        try (RedisConnections redis = RedisConnections.open(RedisConfig.builder(setup.url())
                .commandTimeout(Duration.ofSeconds(2))
                .replicas(1)
                .build())) {
            RedisOfflineQueue queue = new RedisOfflineQueue(redis);
            Thread sender = new Thread(() -> send(queue), "sender");
            sender.start();
            for (int failover = 0; failover < 2; failover++) {
                awaitFurther(200);
                RedisServer old = setup.killMaster();
                setup.awaitMasterOtherThan(old);
                // The sentinels make it a replica of the new master. Until then, no message is acknowledged.
                old.restart();
            }
            awaitFurther(200);
            stopped = true;
            sender.join(TimeUnit.SECONDS.toMillis(60));

            List<String> stored = queue.read(BOB, 0, 100_000).toCompletableFuture().join().events().stream()
                    .map(each -> ((ChatEvent.Message) each.event()).id().value())
                    .toList();
            assertThat(stored).containsSubsequence(acknowledged).doesNotHaveDuplicates();
        }
    }

    private void awaitFurther(int messages) {
        int wanted = acknowledged.size() + messages;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= wanted);
    }

    /** Sends one message after the other, each again until it is acknowledged. */
    private void send(RedisOfflineQueue queue) {
        for (int i = 0; !stopped; i++) {
            ChatEvent message = ChatEvent.message(ALICE, BOB, MessageId.of("m" + i), "text");
            boolean done = false;
            while (!done && !stopped) {
                try {
                    done = queue.append(BOB, message).toCompletableFuture().join() != null;
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOf(ChatException.class);
                }
            }
            if (done) {
                acknowledged.add("m" + i);
            }
        }
    }
}
