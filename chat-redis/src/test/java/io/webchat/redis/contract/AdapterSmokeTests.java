package io.webchat.redis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Profile;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.redis.QueueBackend;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisProfileStore;
import io.webchat.redis.RedisRoomStore;
import io.webchat.redis.testing.RedisEndpoint;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A few calls of each kind from two nodes. They show that the adapters work over one more kind of connection; the whole
 * contracts are tested elsewhere.
 */
abstract class AdapterSmokeTests {
    private static final DeviceId PHONE = DeviceId.of("phone");

    private final UserId alice = UserId.of("alice-" + UUID.randomUUID());
    private final UserId bob = UserId.of("bob-" + UUID.randomUUID());

    private QueueBackend queues;
    private RouterBackend routers;
    private OfflineQueue queue;
    private OfflineQueue otherQueue;

    /** The connection under test. */
    abstract RedisConfig config();

    /** The server that the connection leads to. */
    abstract RedisEndpoint server();

    @BeforeEach
    void open() {
        queues = new QueueBackend(config(), List.of(server()), QueueLimits.DEFAULT);
        routers = new RouterBackend(config(), List.of(server()));
        queue = queues.node();
        otherQueue = queues.node();
    }

    @AfterEach
    void close() {
        queues.close();
        routers.close();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private ChatEvent.Message message(String text) {
        return ChatEvent.message(alice, bob, text);
    }

    private List<String> texts() {
        return answer(otherQueue.read(bob, 0, 1_000)).events().stream()
                .map(each -> ((ChatEvent.Message) each.event()).text())
                .toList();
    }

    @Test
    void the_server_check_succeeds() {
        try (RedisConnections redis = RedisConnections.open(config())) {
            assertThat(redis.check()).succeedsWithin(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void one_node_reads_events_that_the_other_appended() {
        answer(queue.append(bob, message("one")));
        answer(queue.append(bob, message("two")));

        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void a_long_text_comes_back_unchanged() {
        String text = "안녕 👋 \"quoted\" ".repeat(2_000);
        answer(queue.append(bob, message(text)));

        assertThat(texts()).containsExactly(text);
    }

    @Test
    void G3_unanswered_appends_keep_their_order() {
        List<String> sent = IntStream.range(0, 500).mapToObj(i -> "text " + i).toList();
        sent.stream().map(each -> queue.append(bob, message(each))).toList().forEach(AdapterSmokeTests::answer);

        assertThat(texts()).isEqualTo(sent);
    }

    @Test
    void G2_a_resend_gets_the_first_answer() {
        ChatEvent.Message message = message("hello");
        Appended first = answer(queue.append(bob, message));
        Appended again = answer(otherQueue.append(bob, message));

        assertThat(again.duplicate()).isTrue();
        assertThat(again.seq()).isEqualTo(first.seq());
    }

    @Test
    void G6_confirmed_events_leave_the_queue() {
        long epoch = answer(queue.attach(bob, PHONE, 0)).epoch().number();
        long first = answer(queue.append(bob, message("one"))).seq();
        answer(queue.append(bob, message("two")));
        assertThat(answer(queue.restore(bob, epoch, UndeliveredMessages.NONE)).present())
                .isTrue();
        assertThat(answer(otherQueue.confirm(bob, PHONE, epoch, first))).isTrue();

        assertThat(texts()).containsExactly("two");
    }

    @Test
    void rooms_profiles_and_blocks_of_one_node_are_read_on_the_other() {
        try (RedisConnections here = RedisConnections.open(config());
                RedisConnections there = RedisConnections.open(config())) {
            RoomId den = RoomId.of("den-" + UUID.randomUUID());
            Room room = new Room(den, "The den", false, 1, List.of(new RoomMember(alice, RoomRole.OWNER, 1)));
            answer(new RedisRoomStore(here).create(room));
            answer(new RedisRoomStore(here).put(den, new RoomMember(bob, RoomRole.MEMBER, 2), 10));
            answer(new RedisProfileStore(here)
                    .save(alice, Profile.named("Alice"))
                    .thenApply(done -> true));
            answer(new RedisProfileStore(here).block(alice, bob, 10).thenApply(done -> true));

            assertThat(answer(new RedisRoomStore(there).find(den)))
                    .get()
                    .satisfies(found -> assertThat(found.members()).hasSize(2));
            assertThat(answer(new RedisRoomStore(there).roomsOf(bob)))
                    .extracting(Membership::room)
                    .containsExactly(den);
            assertThat(answer(new RedisProfileStore(there).find(alice))).contains(Profile.named("Alice"));
            assertThat(answer(new RedisProfileStore(there).blocks(alice))).containsExactly(bob);
        }
    }

    @Test
    void a_queue_goes_on_after_its_data_is_lost() {
        long before = answer(queue.append(bob, message("lost"))).seq();
        queues.loseData();

        assertThat(answer(queue.append(bob, message("kept"))).seq()).isGreaterThan(before);
        assertThat(texts()).containsExactly("kept");
    }

    @Test
    void calls_succeed_after_their_connection_is_killed() {
        for (int i = 0; i < 3; i++) {
            server().command("CLIENT", "KILL", "TYPE", "normal");
            answer(queue.append(bob, message("text " + i)));
        }

        assertThat(texts()).containsExactly("text 0", "text 1", "text 2");
    }

    @Test
    void a_publish_reaches_a_subscription_on_another_node() {
        ChatRouter here = routers.node();
        ChatRouter there = routers.node();
        Heard heard = new Heard();
        Subscription subscription = answer(there.subscribe(bob, heard));
        Envelope event = Envelope.stored(1, 1, message("hello"));

        assertThat(answer(here.isOnline(bob))).isTrue();
        assertThat(answer(here.publish(bob, event))).isEqualTo(1);
        await().untilAsserted(() -> assertThat(heard.events).containsExactly(event));

        answer(subscription.cancel().thenApply(done -> true));
        assertThat(answer(here.isOnline(bob))).isFalse();
        assertThat(answer(here.publish(bob, event))).isZero();
    }

    @Test
    void G5_a_subscription_is_restored_after_its_connection_is_killed() {
        ChatRouter router = routers.node();
        Heard heard = new Heard();
        Subscription subscription = answer(router.subscribe(bob, heard));
        routers.interruptSubscriptions();

        await().untilAsserted(() -> assertThat(heard.resubscriptions).hasPositiveValue());
        Envelope event = Envelope.stored(1, 1, message("hello"));
        assertThat(answer(router.publish(bob, event))).isEqualTo(1);
        await().untilAsserted(() -> assertThat(heard.events).containsExactly(event));
        answer(subscription.cancel().thenApply(done -> true));
    }

    private static final class Heard implements RouterListener {
        private final List<Envelope> events = new CopyOnWriteArrayList<>();
        private final AtomicInteger resubscriptions = new AtomicInteger();

        @Override
        public void onEvent(Envelope envelope) {
            events.add(envelope);
        }

        @Override
        public void onResubscribed() {
            resubscriptions.incrementAndGet();
        }
    }
}
