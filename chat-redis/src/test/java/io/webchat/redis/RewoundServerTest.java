package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real server that comes back older than it was begins a new epoch on every node, and a restore from the log then
 * loses no message, doubles none by id, and keeps the order and the cursors of devices.
 */
@Tag("process")
@Tag("fault")
@Tag("full")
final class RewoundServerTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** What a shared call log would have: all acknowledged messages, with their times. */
    private final List<ChatEvent.Message> log = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test connects both nodes to its server
    private OfflineQueue one;

    @SuppressWarnings("NullAway.Init")
    private OfflineQueue two;

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    private void nodes(String url) {
        one = node(url);
        two = node(url);
    }

    private OfflineQueue node(String url) {
        RedisConfig config =
                RedisConfig.builder(url).commandTimeout(Duration.ofSeconds(30)).build();
        return new RedisOfflineQueue(opened(RedisConnections.open(config)));
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Appends messages through both nodes in turn. */
    private List<Appended> send(int messages) {
        List<Appended> all = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            ChatEvent.Message message =
                    ChatEvent.message(ALICE, BOB, MessageId.of("m" + log.size()), "text " + log.size());
            Appended appended = answer((i % 2 == 0 ? one : two).append(BOB, message));
            all.add(appended);
            log.add(message.copyTo(BOB, appended.storedAt()));
        }
        return all;
    }

    /** The phone has confirmed the first five of ten messages; these are what the server still has. */
    private long tenOfWhichFiveAreConfirmed() {
        long epoch = answer(one.attach(BOB, PHONE, 0)).epoch().number();
        assertThat(answer(one.restore(BOB, epoch, UndeliveredMessages.NONE)).present())
                .isTrue();
        List<Appended> sent = send(10);
        assertThat(answer(two.confirm(BOB, PHONE, epoch, sent.get(4).seq()))).isTrue();
        return epoch;
    }

    /** Restores on both nodes at once, and looks at what the phone gets. */
    private void assertNothingLostAfter(long epoch, long given) {
        AttachedDevice phone = answer(two.attach(BOB, PHONE, given));
        long next = phone.epoch().number();
        assertThat(next).as("a new epoch, above every Seq given before").isGreaterThan(given);
        assertThat(phone.epoch().restored()).isFalse();
        assertThat(phone.isOfEarlierEpoch(given)).isTrue();
        assertThat(answer(one.confirm(BOB, PHONE, epoch, given)))
                .as("of the old epoch")
                .isFalse();
        send(3);

        UndeliveredMessages undelivered = new UndeliveredMessages(List.copyOf(log.subList(5, log.size())), 0);
        assertThat(Stream.of(one.restore(BOB, next, undelivered), two.restore(BOB, next, undelivered))
                        .map(each -> answer(each).present()))
                .containsOnly(true);

        long cursor = answer(one.attach(BOB, PHONE, 0)).cursor();
        QueueSlice slice = answer(two.read(BOB, cursor, 1_000));
        assertThat(slice.events().stream().map(RewoundServerTest::id))
                .isEqualTo(log.stream().skip(5).map(each -> each.id().value()).toList());
        assertThat(slice.events()).extracting(Envelope::storedAt).isSorted();
        assertThat(slice.events().get(0).seq()).isEqualTo(cursor + 1);
        assertThat(log.stream()
                        .skip(5)
                        .map(each -> answer(one.append(BOB, each)).duplicate()))
                .as("a resend of each")
                .containsOnly(true);
        assertThat(answer(two.confirm(BOB, PHONE, next, slice.next() - 1))).isTrue();
        assertThat(answer(one.read(BOB, 0, 10)).events()).isEmpty();
    }

    private static String id(Envelope envelope) {
        return ((ChatEvent.Message) envelope.event()).id().value();
    }

    @Test
    void G8_a_server_that_was_killed_and_started_from_an_older_dump() {
        RedisServer server = opened(RedisServer.builder().start());
        nodes(server.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        server.command("SAVE");
        long last = send(7).get(6).seq();
        server.restart();

        assertNothingLostAfter(epoch, last);
    }

    @Test
    void G8_a_server_whose_append_only_file_was_cut_short() {
        RedisServer server = opened(RedisServer.builder()
                .appendOnly(true)
                .config("appendfsync always")
                .start());
        nodes(server.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        long last = send(7).get(6).seq();
        server.restartOlder(900);

        assertThat(answer(one.read(BOB, 0, 100)).events()).hasSizeLessThan(12);
        assertNothingLostAfter(epoch, last);
    }

    @Test
    void G8_a_server_that_lost_everything() {
        RedisServer server = opened(RedisServer.builder().start());
        nodes(server.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        long last = send(7).get(6).seq();
        server.restartEmpty();

        assertNothingLostAfter(epoch, last);
    }

    @Test
    @Tag("cluster")
    void G8_a_failover_to_a_replica_that_was_behind() {
        SentinelSetup setup = opened(SentinelSetup.start());
        nodes(setup.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        RedisServer replica = setup.replica();
        awaitReplica(setup.master(), replica);
        replica.pause();
        long last = send(7).get(6).seq();
        RedisServer old = setup.killMaster();
        replica.resume();
        setup.awaitMasterOtherThan(old);

        assertNothingLostAfter(epoch, last);
    }

    @Test
    @Tag("cluster")
    void G8_a_master_that_was_replaced_and_promoted_again_without_a_restart() {
        RedisServer first = opened(RedisServer.builder().start());
        RedisServer second = opened(RedisServer.builder().start());
        nodes(first.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        follow(second, first);
        second.command("REPLICAOF", "NO", "ONE");
        long last = send(7).get(6).seq();
        follow(first, second);
        first.command("REPLICAOF", "NO", "ONE");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> answer(one.read(BOB, 0, 1)).epoch().number() > last
                        && answer(two.read(BOB, 0, 1)).epoch().number() > last);
        assertNothingLostAfter(epoch, last);
    }

    private static void follow(RedisServer replica, RedisServer master) {
        replica.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "up".equals(replica.info("replication").get("master_link_status")));
        awaitReplica(master, replica);
    }

    private static void awaitReplica(RedisServer master, RedisServer replica) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Objects.equals(
                        master.info("replication").get("master_repl_offset"),
                        replica.info("replication").get("slave_repl_offset")));
    }

    @Test
    @Tag("cluster")
    void G8_a_failover_of_a_cluster_to_a_replica_that_was_behind() {
        ClusterSetup cluster = opened(ClusterSetup.start(RedisServer.builder(), true));
        nodes(cluster.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        RedisServer master = cluster.nodes().stream()
                .filter(each -> "master".equals(each.info("replication").get("role")))
                .filter(each -> !((List<?>) Objects.requireNonNull(each.command("KEYS", "*bob*"))).isEmpty())
                .findFirst()
                .orElseThrow();
        RedisServer replica = cluster.nodes().stream()
                .filter(each -> Integer.toString(master.port())
                        .equals(each.info("replication").get("master_port")))
                .findFirst()
                .orElseThrow();
        awaitReplica(master, replica);
        replica.pause();
        long last = send(7).get(6).seq();
        master.kill();
        replica.resume();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> "master".equals(replica.info("replication").get("role")));

        assertNothingLostAfter(epoch, last);
    }

    @Test
    void a_restart_that_lost_nothing_costs_one_restore() {
        RedisServer server = opened(RedisServer.builder()
                .appendOnly(true)
                .config("appendfsync always")
                .start());
        nodes(server.url());
        long epoch = tenOfWhichFiveAreConfirmed();
        server.restart();

        QueueSlice slice = answer(one.read(BOB, 0, 100));
        assertThat(slice.epoch().number()).isGreaterThan(epoch);
        assertThat(slice.events()).hasSize(5);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i ->
                                answer((i % 2 == 0 ? one : two).read(BOB, 0, 1)).epoch()))
                .as("one new epoch")
                .containsOnly(slice.epoch());
    }
}
