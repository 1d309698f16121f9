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
import io.webchat.redis.testing.RedisServerBuilder;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes with a shared log lose nothing when Redis comes back older than it was: in conversations, in a room, and
 * for a reader who is away. Every reader is told.
 */
@Tag("fault")
@Tag("process")
@Tag("full")
final class ServerRewindTest extends FaultsFixture {
    /** A way in which a server comes back older. */
    enum Rewind {
        /** The server dies. Its last dump is older. */
        OLDER_DUMP(RedisServer.builder()) {
            @Override
            void during(RedisServer server, Runnable traffic) {
                server.command("SAVE");
                traffic.run();
                server.restart();
            }
        },
        /** The server dies. The end of its append-only file is lost. */
        CUT_FILE(RedisServer.builder().appendOnly(true).config("appendfsync always")) {
            @Override
            void during(RedisServer server, Runnable traffic) {
                traffic.run();
                server.restartOlder(8_000);
            }
        },
        /** The server is stopped in order, and started with a backup. */
        RESTORED_BACKUP(RedisServer.builder()) {
            @Override
            void during(RedisServer server, Runnable traffic) {
                byte[] backup = server.backup();
                traffic.run();
                server.command("SAVE");
                server.restartFrom(backup);
            }
        };

        final RedisServerBuilder servers;

        Rewind(RedisServerBuilder servers) {
            this.servers = servers;
        }

        /** Lets the traffic flow, and loses some of its newest changes or all. */
        abstract void during(RedisServer server, Runnable traffic);
    }

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    private RewindTraffic rewindTraffic(String url) {
        return opened(new RewindTraffic(node(impatient(url)), node(impatient(url)), PAIRS));
    }

    @ParameterizedTest
    @EnumSource
    void G8_a_server_that_comes_back_older_loses_no_message_of_the_call_log(Rewind rewind) {
        RedisServer redis = opened(rewind.servers.start());
        RewindTraffic traffic = rewindTraffic(redis.url());
        for (int i = 0; i < 3; i++) {
            rewind.during(redis, () -> traffic.flows(10));
            traffic.flows(10);
        }

        traffic.assertNothingLostAndEveryoneTold();
    }

    @Test
    void G17_a_server_that_starts_from_an_older_dump_gives_nobody_a_deleted_text() {
        RedisServer redis = opened(RedisServer.builder().start());
        Chat node = node(patient(redis.url()));
        UserId alice = UserId.of("alice");
        UserId bob = UserId.of("bob");
        ChatSession author = node.open(alice, (session, envelope) -> {})
                .toCompletableFuture()
                .join();
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
        SentinelSetup setup = opened(SentinelSetup.start());
        RewindTraffic traffic = rewindTraffic(setup.url());
        RedisServer replica = setup.replica();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Objects.equals("up", replica.info("replication").get("master_link_status")));
        replica.pause();
        traffic.flows(10);
        RedisServer old = setup.killMaster();
        replica.resume();
        setup.awaitMasterOtherThan(old);
        traffic.flows(10);

        traffic.assertNothingLostAndEveryoneTold();
    }
}
