package io.webchat.redis.faults;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServerBuilder;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes with a shared log lose nothing when Redis comes back older than it was: in conversations, in a room, and for
 * a reader who is away. Every reader is told.
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
    @Tag("cluster")
    void G8_a_failover_to_a_replica_that_was_behind_loses_no_message_of_the_call_log() {
        SentinelSetup setup = opened(SentinelSetup.start());
        RewindTraffic traffic = rewindTraffic(setup.url());
        RedisServer replica = setup.replica();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
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
