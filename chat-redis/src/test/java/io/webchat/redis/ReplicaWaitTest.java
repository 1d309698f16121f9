package io.webchat.redis;

import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.redis.internal.queue.ScriptedQueue;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With {@code replicas(1)}, a call is answered only after a replica has its change. */
@ExtendWith(RedisServers.class)
final class ReplicaWaitTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    private static RedisConnections open(int port) {
        return open(port, TIMEOUT);
    }

    private static RedisConnections open(int port, Duration timeout) {
        return RedisConnections.open(RedisConfig.builder("redis://127.0.0.1:" + port)
                .commandTimeout(timeout)
                .replicas(1)
                .build());
    }

    private static void follow(RedisServer replica, RedisServer master) {
        // A PING to the replica, sent every 10 seconds, would count as a change.
        master.command("CONFIG", "SET", "repl-ping-replica-period", "3600");
        replica.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> "up".equals(replica.info("replication").get("master_link_status")));
    }

    @Test
    void anAnsweredChangeIsOnTheReplica(RedisServer master, RedisServer replica) {
        follow(replica, master);
        try (RedisConnections redis = open(master.port())) {
            for (long i = 1; i <= 100; i++) {
                assertThat(rpush(redis.commands(), "k", i).join()).isEqualTo(i);
                assertThat(replica.command("LLEN", "k")).isEqualTo(i);
            }
        }
    }

    @Test
    void withoutReplicaCallsFail(RedisServer master) {
        try (RedisConnections redis = open(master.port(), Duration.ofSeconds(1))) {
            assertThat(failure(rpush(redis.commands(), "k", 1), TIMEOUT)).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(TestCommands.numbers(master.endpoint(), "k")).containsExactly(1L);
        }
    }

    @Test
    void aCallIsResentIfItsConnectionIsLostBeforeTheReplicaHasTheChange(RedisServer master, RedisServer replica) {
        follow(replica, master);
        try (TcpProxy proxy = TcpProxy.to("127.0.0.1", master.port());
                RedisConnections redis = open(proxy.port())) {
            rpush(redis.commands(), "k", 1).join();
            replica.pause();
            CompletableFuture<Object> call = rpush(redis.commands(), "k", 2);
            Awaitility.await().until(() -> Long.valueOf(2).equals(master.command("LLEN", "k")));

            proxy.cutAll();
            Awaitility.await().until(() -> Long.valueOf(3).equals(master.command("LLEN", "k")));
            assertThat(call).isNotDone();

            replica.resume();
            assertThat(call.join()).isEqualTo(3L);
            assertThat(TestCommands.numbers(replica.endpoint(), "k")).containsExactly(1L, 2L, 2L);
        }
    }

    @Test
    void aResendIsReplicatedSoThatItsCallCanWait(RedisServer master, RedisServer replica) {
        follow(replica, master);
        ChatEvent message = ScriptedQueue.message("hello");
        try (RedisConnections waiting = open(master.port());
                RedisConnections other = RedisConnections.open(master.url())) {
            long first = seq(waiting, message);
            long offset = offset(master);
            long changes = changes(replica);

            assertThat(seq(other, message)).isEqualTo(first);
            assertThat(seq(waiting, message)).isEqualTo(first);
            assertThat(offset(master)).isGreaterThan(offset);
            assertThat(changes(replica)).isGreaterThan(changes);
        }
    }

    @Test
    @Tag("cluster")
    @Tag("full")
    void redirectsAreFollowedWhenAMasterBecomesAReplica() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder(), true);
                RedisConnections redis = RedisConnections.open(RedisConfig.builder(cluster.url())
                        .commandTimeout(TIMEOUT)
                        .replicas(1)
                        .build())) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            for (RedisServer replica : cluster.nodes().subList(3, 6)) {
                load.awaitAnswers(1_000);
                stepUp(replica);
            }
            load.awaitAnswers(1_000);
            load.stop();
            assertThat(load.failures()).isEmpty();
        }
    }

    private static void stepUp(RedisServer replica) {
        replica.command("CLUSTER", "FAILOVER");
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> "master".equals(replica.info("replication").get("role")));
    }

    @Test
    void aUserWithoutPermissionToWaitIsRefusedAtOnce(RedisServer server) {
        server.command("ACL", "SETUSER", "default", "-wait");
        try (RedisConnections redis = open(server.port())) {
            assertThat(failure(rpush(redis.commands(), "k", 1), TIMEOUT.dividedBy(2)))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    private static long seq(RedisConnections redis, ChatEvent message) {
        return new RedisOfflineQueue(redis)
                .append(ScriptedQueue.BOB, message)
                .toCompletableFuture()
                .join()
                .seq();
    }

    private static long offset(RedisServer master) {
        return Long.parseLong(master.info("replication").getOrDefault("master_repl_offset", ""));
    }

    /** The number of HINCRBY commands so far. */
    private static long changes(RedisServer server) {
        String counts = server.info("commandstats").getOrDefault("cmdstat_hincrby", "calls=0,");
        return Long.parseLong(counts.substring("calls=".length(), counts.indexOf(',')));
    }
}
