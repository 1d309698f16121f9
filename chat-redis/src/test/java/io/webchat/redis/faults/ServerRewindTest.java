package io.webchat.redis.faults;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
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
    @Tag("cluster")
    void G8_a_failover_to_a_replica_that_was_behind_loses_no_message_of_the_call_log() {
        RedisServers.assumeOwnServers();
        SentinelSetup setup = opened(SentinelSetup.start());
        ChatTraffic traffic = traffic(impatient(setup.url()), impatient(setup.url()));
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

        traffic.assertNothingLost();
    }
}
