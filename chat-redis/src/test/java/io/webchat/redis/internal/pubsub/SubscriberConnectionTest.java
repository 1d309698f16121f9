package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.spi.Subscription;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the subscriber does with a server that answers, is slow to, or goes away. */
@ExtendWith(RedisServers.class)
final class SubscriberConnectionTest {
    private static List<String> names(int howMany) {
        return IntStream.range(0, howMany).mapToObj(i -> "channel-" + i).toList();
    }

    @Test
    void a_restarted_server_is_subscribed_to_again(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("a");
            server.kill();
            CompletableFuture<Subscription> meanwhile = node.subscribe("b", new RecordingListener());
            TestSubscriptions.assertUnavailable(meanwhile);
            server.restart();

            ears.awaitResubscribed();
            assertThat(node.publish("a", "hello")).isEqualTo(1);
            ears.awaitHeard("hello");
            assertThat(TestSubscriptions.counts(server, List.of("b"))).containsExactly(0L);
        }
    }

    @Test
    void what_waits_for_a_server_that_is_back_in_time_completes(RedisServer server) {
        server.kill();
        try (TestSubscriptions node = TestSubscriptions.through(server.port(), server, Duration.ofSeconds(20))) {
            RecordingListener ears = new RecordingListener();
            CompletableFuture<Subscription> waits = node.subscribe("a", ears);
            server.restart();
            TestSubscriptions.answer(waits);
            assertThat(node.publish("a", "hello")).isEqualTo(1);
            ears.awaitHeard("hello");
            assertThat(ears.resubscriptions()).as("nothing was interrupted").isZero();
        }
    }

    @Test
    void no_caller_is_held_up_while_the_server_is_paused_and_no_ghost_stays(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener before = node.subscribed("before");
            List<String> names = names(20_000);
            server.pause();
            long start = System.nanoTime();
            List<CompletableFuture<Subscription>> all = names.stream()
                    .map(each -> node.subscribe(each, new RecordingListener()))
                    .toList();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(TestSubscriptions.TIMEOUT.multipliedBy(3));
            all.forEach(TestSubscriptions::assertUnavailable);
            server.resume();

            before.awaitResubscribed();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(TestSubscriptions.counts(server, names)).containsOnly(0L));
            assertThat(TestSubscriptions.counts(server, List.of("before"))).containsExactly(1L);
        }
    }

    @Test
    void five_thousand_channels_are_subscribed_again(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.through(server.port(), server, Duration.ofSeconds(10))) {
            List<String> names = names(5_000);
            List<RecordingListener> all =
                    names.stream().map(each -> new RecordingListener()).toList();
            List<CompletableFuture<Subscription>> made = IntStream.range(0, names.size())
                    .mapToObj(i -> node.subscribe(names.get(i), all.get(i)))
                    .toList();
            made.forEach(TestSubscriptions::answer);
            server.command("CLIENT", "KILL", "TYPE", "pubsub");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> all.stream().allMatch(each -> each.resubscriptions() > 0));
            assertThat(TestSubscriptions.counts(server, names)).containsOnly(1L);
            assertThat(all)
                    .allSatisfy(each -> assertThat(each.resubscriptions()).isEqualTo(1));
        }
    }

    @Test
    void a_server_with_a_password_is_listened_to() {
        RedisServers.assumeOwnServers();
        try (RedisServer server = RedisServer.builder().password("secret").start();
                ChannelSubscriptions known = TestSubscriptions.channels(
                        TestSubscriptions.endpoint(server.port(), "secret"), TestSubscriptions.TIMEOUT);
                ChannelSubscriptions stranger = TestSubscriptions.channels(
                        TestSubscriptions.endpoint(server.port(), null), TestSubscriptions.TIMEOUT)) {
            RecordingListener ears = new RecordingListener();
            TestSubscriptions.answer(known.subscribe("a", ears));
            server.command("PUBLISH", "a", "hello");
            ears.awaitHeard("hello");
            TestSubscriptions.assertUnavailable(stranger.subscribe("a", new RecordingListener()));
        }
    }

    @Test
    void a_channel_that_the_user_may_not_hear_is_refused_and_harms_no_other(RedisServer server) {
        server.command("ACL", "SETUSER", "default", "resetchannels", "&open*");
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("open");
            TestSubscriptions.assertUnavailable(node.subscribe("closed", new RecordingListener()));
            node.publish("open", "hello");
            ears.awaitHeard("hello");
            assertThat(ears.resubscriptions()).isZero();

            // What the server's owner puts right heals.
            server.command("ACL", "SETUSER", "default", "allchannels");
            node.subscribed("closed");
        }
    }

    @Test
    void an_idle_connection_stays(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("a");
            // Without its PINGs, silence as long as this would end the connection twice.
            Awaitility.await()
                    .during(TestSubscriptions.IDLE
                            .plus(TestSubscriptions.TIMEOUT)
                            .multipliedBy(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> ears.resubscriptions() == 0);
            node.publish("a", "hello");
            ears.awaitHeard("hello");
        }
    }

    @Test
    void a_listener_that_takes_long_does_not_cost_the_connection(RedisServer server) throws Exception {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Boolean> slow = new CompletableFuture<>();
            RecordingListener ears = node.subscribed("a");
            TestSubscriptions.answer(node.subscribe("a", new ChannelSubscriptions.Listener() {
                @Override
                public void message(byte[] payload) {
                    try {
                        slow.complete(goOn.await(
                                TestSubscriptions.IDLE
                                        .plus(TestSubscriptions.TIMEOUT)
                                        .multipliedBy(2)
                                        .toMillis(),
                                TimeUnit.MILLISECONDS));
                    } catch (InterruptedException e) {
                        slow.completeExceptionally(e);
                    }
                }

                @Override
                public void resubscribed() {
                    slow.completeExceptionally(new AssertionError("the connection was lost"));
                }
            }));
            node.publish("a", "one");
            node.publish("a", "two");

            assertThat(TestSubscriptions.answer(slow)).isFalse();
            goOn.countDown();
            ears.awaitHeard("two");
            assertThat(ears.resubscriptions()).isZero();
        }
    }

    @Test
    void closing_while_busy_fails_what_waits_and_all_that_comes(RedisServer server) {
        TestSubscriptions node = TestSubscriptions.to(server);
        Subscription before = TestSubscriptions.answer(node.subscribe("before", new RecordingListener()));
        server.pause();
        List<CompletableFuture<Subscription>> all = names(1_000).stream()
                .map(each -> node.subscribe(each, new RecordingListener()))
                .toList();
        long start = System.nanoTime();
        node.close();
        assertThat(all).allSatisfy(each -> assertThat(each).isDone());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TestSubscriptions.TIMEOUT);
        all.forEach(TestSubscriptions::assertUnavailable);
        TestSubscriptions.assertUnavailable(node.subscribe("later", new RecordingListener()));
        TestSubscriptions.assertUnavailable(before.cancel());
        server.resume();

        Awaitility.await()
                .untilAsserted(() -> assertThat(server.command("CLIENT", "LIST", "TYPE", "pubsub"))
                        .isEqualTo(""));
    }
}
