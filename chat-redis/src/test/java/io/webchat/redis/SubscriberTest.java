package io.webchat.redis;

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
final class SubscriberTest {
    private static List<String> names(int howMany) {
        return IntStream.range(0, howMany).mapToObj(i -> "channel-" + i).toList();
    }

    @Test
    void a_restarted_server_is_subscribed_to_again(RedisServer server) {
        try (Listens node = Listens.to(server)) {
            Ears ears = node.subscribed("a");
            server.kill();
            CompletableFuture<Subscription> meanwhile = node.subscribe("b", new Ears());
            Listens.assertUnavailable(meanwhile);
            server.restart();

            ears.awaitResubscribed();
            assertThat(node.publish("a", "hello")).isEqualTo(1);
            ears.awaitHeard("hello");
            assertThat(Listens.counts(server, List.of("b"))).containsExactly(0L);
        }
    }

    @Test
    void what_waits_for_a_server_that_is_back_in_time_completes(RedisServer server) {
        server.kill();
        try (Listens node = Listens.through(server.port(), server, Duration.ofSeconds(20))) {
            Ears ears = new Ears();
            CompletableFuture<Subscription> waits = node.subscribe("a", ears);
            server.restart();
            Listens.answer(waits);
            assertThat(node.publish("a", "hello")).isEqualTo(1);
            ears.awaitHeard("hello");
            assertThat(ears.resubscriptions()).as("nothing was interrupted").isZero();
        }
    }

    @Test
    void no_caller_is_held_up_while_the_server_is_paused_and_no_ghost_stays(RedisServer server) {
        try (Listens node = Listens.to(server)) {
            Ears before = node.subscribed("before");
            List<String> names = names(20_000);
            server.pause();
            long start = System.nanoTime();
            List<CompletableFuture<Subscription>> all =
                    names.stream().map(each -> node.subscribe(each, new Ears())).toList();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            all.forEach(Listens::assertUnavailable);
            server.resume();

            before.awaitResubscribed();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(Listens.counts(server, names)).containsOnly(0L));
            assertThat(Listens.counts(server, List.of("before"))).containsExactly(1L);
        }
    }

    @Test
    void five_thousand_channels_are_subscribed_again(RedisServer server) {
        try (Listens node = Listens.through(server.port(), server, Duration.ofSeconds(30))) {
            List<String> names = names(5_000);
            List<Ears> all = names.stream().map(each -> new Ears()).toList();
            List<CompletableFuture<Subscription>> made = IntStream.range(0, names.size())
                    .mapToObj(i -> node.subscribe(names.get(i), all.get(i)))
                    .toList();
            made.forEach(Listens::answer);
            server.command("CLIENT", "KILL", "TYPE", "pubsub");

            Awaitility.await()
                    .until(() -> all.stream().allMatch(each -> each.resubscriptions() > 0));
            assertThat(Listens.counts(server, names)).containsOnly(1L);
            assertThat(all)
                    .allSatisfy(each -> assertThat(each.resubscriptions()).isEqualTo(1));
        }
    }

    @Test
    void a_server_with_a_password_is_listened_to() {
        RedisServers.assumeOwnServers();
        try (RedisServer server = RedisServer.builder().password("secret").start();
                Channels known = Listens.channels(Listens.endpoint(server.port(), "secret"), Listens.TIMEOUT);
                Channels stranger = Listens.channels(Listens.endpoint(server.port(), null), Listens.TIMEOUT)) {
            Ears ears = new Ears();
            Listens.answer(known.subscribe("a", ears));
            server.command("PUBLISH", "a", "hello");
            ears.awaitHeard("hello");
            Listens.assertUnavailable(stranger.subscribe("a", new Ears()));
        }
    }

    @Test
    void a_channel_that_the_user_may_not_hear_is_refused_and_harms_no_other(RedisServer server) {
        server.command("ACL", "SETUSER", "default", "resetchannels", "&open*");
        try (Listens node = Listens.to(server)) {
            Ears ears = node.subscribed("open");
            Listens.assertUnavailable(node.subscribe("closed", new Ears()));
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
        try (Listens node = Listens.to(server)) {
            Ears ears = node.subscribed("a");
            // Without its PINGs, silence as long as this would end the connection twice.
            Awaitility.await()
                    .during(Listens.IDLE.plus(Listens.TIMEOUT).multipliedBy(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> ears.resubscriptions() == 0);
            node.publish("a", "hello");
            ears.awaitHeard("hello");
        }
    }

    @Test
    void a_listener_that_takes_long_does_not_cost_the_connection(RedisServer server) throws Exception {
        try (Listens node = Listens.to(server)) {
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Boolean> slow = new CompletableFuture<>();
            Ears ears = node.subscribed("a");
            Listens.answer(node.subscribe("a", new Channels.Listener() {
                @Override
                public void message(byte[] payload) {
                    try {
                        slow.complete(goOn.await(
                                Listens.IDLE
                                        .plus(Listens.TIMEOUT)
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

            assertThat(Listens.answer(slow)).isFalse();
            goOn.countDown();
            ears.awaitHeard("two");
            assertThat(ears.resubscriptions()).isZero();
        }
    }

    @Test
    void closing_while_busy_fails_what_waits_and_all_that_comes(RedisServer server) {
        Duration timeout = Duration.ofSeconds(60);
        Listens node = Listens.through(server.port(), server, timeout);
        Subscription before = Listens.answer(node.subscribe("before", new Ears()));
        server.pause();
        List<CompletableFuture<Subscription>> all = names(1_000).stream()
                .map(each -> node.subscribe(each, new Ears()))
                .toList();
        long start = System.nanoTime();
        node.close();
        assertThat(all).allSatisfy(each -> assertThat(each).isDone());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.dividedBy(2));
        all.forEach(Listens::assertUnavailable);
        Listens.assertUnavailable(node.subscribe("later", new Ears()));
        Listens.assertUnavailable(before.cancel());
        server.resume();

        Awaitility.await()
                .untilAsserted(() -> assertThat(server.command("CLIENT", "LIST", "TYPE", "pubsub"))
                        .isEqualTo(""));
    }
}
