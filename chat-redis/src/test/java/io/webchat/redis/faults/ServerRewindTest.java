package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.SessionOptions;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations between two nodes with a shared log lose nothing when Redis comes back older than it was. */
@ExtendWith(RedisServers.class)
@Tag("fault")
@Tag("process")
@Tag("full")
final class ServerRewindTest extends FaultsFixture {
    @Test
    void G8_a_server_that_starts_from_an_older_dump_loses_no_message_of_the_call_log(RedisServer redis) {
        ChatTraffic traffic = traffic(impatient(redis.url()), impatient(redis.url()));
        for (int i = 0; i < 3; i++) {
            redis.command("SAVE");
            traffic.flows(10);
            redis.restart();
            traffic.flows(10);
        }

        traffic.assertNothingLost();
    }

    @Test
    void G17_a_server_that_starts_from_an_older_dump_gives_nobody_a_deleted_text(RedisServer redis) {
        Chat node = node(patient(redis.url()));
        UserId alice = UserId.of("alice");
        UserId bob = UserId.of("bob");
        ChatSession author =
                node.open(alice, (session, envelope) -> {}).toCompletableFuture().join();
        ChatEvent.Message message = ChatEvent.message(alice, bob, MessageId.of("m0"), "secret");
        author.send(message).toCompletableFuture().join();
        redis.command("SAVE");
        author.send(Amendment.by(alice).of(message).delete())
                .toCompletableFuture()
                .join();
        redis.restart();

        List<ChatEvent> received = new CopyOnWriteArrayList<>();
        SessionOptions options = SessionOptions.of(DeviceId.of("phone")).amending();
        node(patient(redis.url()))
                .open(bob, options, (session, envelope) -> received.add(envelope.event()))
                .toCompletableFuture()
                .join();

        await().until(() -> received.stream().anyMatch(each -> each.kind() == EventKind.DELETE));
        assertThat(received.toString()).doesNotContain("secret");
        assertThat(received).anyMatch(ChatEvent.Message.class::isInstance);
    }

    @Test
    @Tag("cluster")
    void G8_a_failover_to_a_replica_that_was_behind_loses_no_message_of_the_call_log() {
        RedisServers.assumeOwnServers();
        SentinelSetup setup = opened(SentinelSetup.start());
        ChatTraffic traffic = traffic(impatient(setup.url()), impatient(setup.url()));
        RedisServer replica = setup.replica();
        await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Objects.equals("up", replica.info("replication").get("master_link_status")));
        replica.pause();
        traffic.flows(10);
        RedisServer old = setup.killMaster();
        replica.resume();
        setup.awaitMasterOtherThan(old);
        traffic.flows(10);

        traffic.assertNothingLost();
    }
}
