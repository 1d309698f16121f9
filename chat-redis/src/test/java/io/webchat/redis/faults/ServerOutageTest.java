package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations between two nodes survive a server that pauses, restarts, or loses its data. */
@ExtendWith(RedisServers.class)
@Tag("fault")
@Tag("process")
final class ServerOutageTest extends FaultsFixture {
    @Test
    void G9_aShortPauseDelaysMessages(RedisServer redis) {
        ChatTraffic traffic = traffic(patient(redis.url()), patient(redis.url()));
        redis.command("CLIENT", "PAUSE", "500", "ALL");
        traffic.flows(10);

        traffic.assertNothingLost();
        assertThat(traffic.authors()).extracting(SendingUser::refusals).containsOnly(0);
    }

    @Test
    void G9_aLongPauseRefusesMessagesInTime(RedisServer redis) {
        ChatTraffic traffic = traffic(impatient(redis.url()), impatient(redis.url()));
        redis.pause();
        await().until(() -> traffic.authors().stream().allMatch(each -> each.refusals() > 0));
        redis.resume();
        traffic.flows(10);

        traffic.assertNothingLost();
        assertThat(traffic.authors())
                .extracting(SendingUser::longestAnswerMillis)
                .as("every answer came in a bounded time")
                .allMatch(millis -> millis < 20_000);
    }

    @Test
    void G1_G9_aRestartWithAllDataLosesNoMessage() {
        RedisServers.assumeOwnServers();
        RedisServer redis = opened(RedisServer.builder()
                .appendOnly(true)
                .config("appendfsync always")
                .start());
        ChatTraffic traffic = traffic(impatient(redis.url()), impatient(redis.url()));
        // The second outage is longer than a command may take.
        for (Duration outage : List.of(Duration.ZERO, Duration.ofSeconds(1))) {
            redis.kill();
            pause(outage);
            redis.restart();
            traffic.flows(10);
        }

        traffic.assertNothingLost();
    }

    @Test
    void G8_aRestartWithoutDataLosesNoMessageOfTheCallLog(RedisServer redis) {
        ChatTraffic traffic = traffic(impatient(redis.url()), impatient(redis.url()));
        for (int i = 0; i < 2; i++) {
            redis.restartEmpty();
            traffic.flows(10);
        }

        traffic.assertNothingLost();
    }

    @Test
    void G8_anOfflineUserGetsMessagesOfALostQueueFromTheCallLog(RedisServer redis) {
        Chat one = node(patient(redis.url()));
        UserId alice = UserId.of("alice");
        UserId bob = UserId.of("bob");
        ChatSession author =
                one.open(alice, (session, envelope) -> {}).toCompletableFuture().join();
        for (int i = 0; i < 300; i++) {
            author.send(ChatEvent.message(alice, bob, MessageId.of("m" + i), "text"))
                    .toCompletableFuture()
                    .join();
        }
        redis.restartEmpty();

        ReceivingUser reader = new ReceivingUser(bob, node(patient(redis.url())));
        opened(reader::close);

        await().untilAsserted(() -> assertThat(reader.seen())
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "m" + i).toList()));
        assertThat(reader.violations()).isEmpty();
    }
}
