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

/** Subscriptions survive restarts and pauses of the server, and slow or forbidden listeners. */
@ExtendWith(RedisServers.class)
final class SubscriberConnectionTest {
    private static List<String> names(int howMany) {
        return IntStream.range(0, howMany).mapToObj(i -> "channel-" + i).toList();
    }

    @Test
    void subscriptions_are_restored_after_a_restart(RedisServer server) {
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
    void a_subscription_waits_for_the_server(RedisServer server) {
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
    void no_caller_is_blocked_and_no_subscription_left_by_a_paused_server(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener before = node.subscribed("before");
            List<String> names = names(20_000);
            server.pause();
            long start = System.nanoTime();
            List<CompletableFuture<Subscription>> all = names.stream()
                    .map(each -> node.subscribe(each, new RecordingListener()))
                    .toList();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            all.forEach(TestSubscriptions::assertUnavailable);
            server.resume();

            before.awaitResubscribed();
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(TestSubscriptions.counts(server, names)).containsOnly(0L));
            assertThat(TestSubscriptions.counts(server, List.of("before"))).containsExactly(1L);
        }
    }

    @Test
    void five_thousand_channels_are_subscribed_again(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.through(server.port(), server, Duration.ofSeconds(30))) {
            List<String> names = names(5_000);
            List<RecordingListener> all =
                    names.stream().map(each -> new RecordingListener()).toList();
            List<CompletableFuture<Subscription>> made = IntStream.range(0, names.size())
                    .mapToObj(i -> node.subscribe(names.get(i), all.get(i)))
                    .toList();
            made.forEach(TestSubscriptions::answer);
            server.command("CLIENT", "KILL", "TYPE", "pubsub");

            Awaitility.await().until(() -> all.stream().allMatch(each -> each.resubscriptions() > 0));
            assertThat(TestSubscriptions.counts(server, names)).containsOnly(1L);
            assertThat(all)
                    .allSatisfy(each -> assertThat(each.resubscriptions()).isEqualTo(1));
        }
    }

    @Test
    void a_password_is_used() {
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
    void a_forbidden_channel_affects_no_other(RedisServer server) {
        server.command("ACL", "SETUSER", "default", "resetchannels", "&open*");
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("open");
            TestSubscriptions.assertUnavailable(node.subscribe("closed", new RecordingListener()));
            node.publish("open", "hello");
            ears.awaitHeard("hello");
            assertThat(ears.resubscriptions()).isZero();

            // It works once the permission is granted.
            server.command("ACL", "SETUSER", "default", "allchannels");
            node.subscribed("closed");
        }
    }

    @Test
    void an_idle_connection_stays_open(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("a");
            // Without PINGs, this silence would be long enough to end the connection twice.
            Awaitility.await()
                    .during(TestSubscriptions.IDLE
                            .plus(TestSubscriptions.TIMEOUT)
                            .multipliedBy(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> ears.resubscriptions() == 0);
            node.publish("a", "hello");
            ears.awaitHeard("hello");
        }
    }

    @Test
    void a_slow_listener_does_not_end_the_connection(RedisServer server) throws Exception {
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
    void closing_fails_waiting_and_later_calls(RedisServer server) {
        Duration timeout = Duration.ofMinutes(1);
        TestSubscriptions node = TestSubscriptions.through(server.port(), server, timeout);
        Subscription before = TestSubscriptions.answer(node.subscribe("before", new RecordingListener()));
        server.pause();
        List<CompletableFuture<Subscription>> all = names(1_000).stream()
                .map(each -> node.subscribe(each, new RecordingListener()))
                .toList();
        long start = System.nanoTime();
        node.close();
        assertThat(all).allSatisfy(each -> assertThat(each).isDone());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.dividedBy(2));
        all.forEach(TestSubscriptions::assertUnavailable);
        TestSubscriptions.assertUnavailable(node.subscribe("later", new RecordingListener()));
        TestSubscriptions.assertUnavailable(before.cancel());
        server.resume();

        Awaitility.await()
                .untilAsserted(() -> assertThat(server.command("CLIENT", "LIST", "TYPE", "pubsub"))
                        .isEqualTo(""));
    }
}
