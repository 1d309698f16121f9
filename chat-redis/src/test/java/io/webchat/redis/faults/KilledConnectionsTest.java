package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations between two nodes survive connections that Redis closes again and again. */
@ExtendWith(RedisServers.class)
@Tag("fault")
final class KilledConnectionsTest extends FaultsFixture {
    @Test
    void G5_killedSubscriptionsLoseNoMessage(RedisServer redis) {
        ChatTraffic traffic = traffic(patient(redis.url()), patient(redis.url()));
        for (int i = 0; i < 5; i++) {
            redis.command("CLIENT", "KILL", "TYPE", "pubsub");
            traffic.flows(10);
        }

        traffic.assertNothingLost();
        assertThat(traffic.authors()).extracting(SendingUser::refusals).containsOnly(0);
    }

    @Test
    void G1_G2_killedCommandConnectionsLoseNoMessage(RedisServer redis) {
        ChatTraffic traffic = traffic(patient(redis.url()), patient(redis.url()));
        for (int i = 0; i < 5; i++) {
            redis.command("CLIENT", "KILL", "TYPE", "normal");
            traffic.flows(10);
        }

        traffic.assertNothingLost();
        assertThat(traffic.authors())
                .as("the node itself resent the commands that had no answer")
                .extracting(SendingUser::refusals)
                .containsOnly(0);
    }
}
