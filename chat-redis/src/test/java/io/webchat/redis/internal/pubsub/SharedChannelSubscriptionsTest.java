package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Listeners may block, cancel themselves and throw, and never hear anything but events. */
@ExtendWith(RedisServers.class)
final class SharedChannelSubscriptionsTest {
    private static final UserId BOB = UserId.of("bob");
    private static final Envelope EVENT = Envelope.passing(ChatEvent.typing(UserId.of("alice"), BOB));

    @Test
    void a_cancel_waits_for_the_listeners_running_call(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            node.subscribed("a");
            CompletableFuture<Void> entered = new CompletableFuture<>();
            CompletableFuture<Void> goOn = new CompletableFuture<>();
            Subscription slow = TestSubscriptions.answer(node.subscribe("a", new ChannelSubscriptions.Listener() {
                @Override
                public void message(byte[] payload) {
                    entered.complete(null);
                    goOn.orTimeout(30, TimeUnit.SECONDS).join();
                }

                @Override
                public void resubscribed() {
                    throw new AssertionError("nothing was interrupted");
                }
            }));
            node.publish("a", "hello");
            TestSubscriptions.answer(entered);

            CompletableFuture<Void> cancelled = slow.cancel().toCompletableFuture();
            assertThat(cancelled).isNotDone();
            goOn.complete(null);
            TestSubscriptions.answer(cancelled);
        }
    }

    @Test
    void a_listener_may_cancel_itself_and_subscribe_again(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            CompletableFuture<Subscription> own = new CompletableFuture<>();
            List<String> heard = new CopyOnWriteArrayList<>();
            RecordingListener next = new RecordingListener();
            CompletableFuture<Subscription> again = new CompletableFuture<>();
            own.complete(TestSubscriptions.answer(node.subscribe("a", new ChannelSubscriptions.Listener() {
                @Override
                public void message(byte[] payload) {
                    heard.add("once");
                    var unused = own.join()
                            .cancel()
                            .thenCompose(done -> node.subscribe("a", next))
                            .whenComplete((made, failure) -> again.complete(made));
                }

                @Override
                public void resubscribed() {
                    throw new AssertionError("nothing was interrupted");
                }
            })));
            node.publish("a", "first");
            TestSubscriptions.answer(again);
            node.publish("a", "second");
            next.awaitHeard("second");
            assertThat(heard).containsExactly("once");
        }
    }

    @Test
    void an_error_in_a_listener_only_costs_the_connection(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("a");
            TestSubscriptions.answer(node.subscribe("broken", new ChannelSubscriptions.Listener() {
                @Override
                public void message(byte[] payload) {
                    throw new StackOverflowError("on purpose");
                }

                @Override
                public void resubscribed() {}
            }));
            node.publish("broken", "hello");

            ears.awaitResubscribed();
            node.publish("a", "hello");
            ears.awaitHeard("hello");
        }
    }

    @Test
    void a_refused_resubscription_is_retried_until_it_succeeds(RedisServer server) {
        try (TestSubscriptions node = TestSubscriptions.to(server)) {
            RecordingListener ears = node.subscribed("a");
            server.command("ACL", "SETUSER", "default", "resetchannels");
            server.command("CLIENT", "KILL", "TYPE", "pubsub");
            Awaitility.await()
                    .until(() ->
                            Objects.toString(server.command("ACL", "LOG", "1")).contains("channel"));
            assertThat(ears.resubscriptions()).isZero();
            server.command("ACL", "SETUSER", "default", "allchannels");

            ears.awaitResubscribed();
            node.publish("a", "hello");
            ears.awaitHeard("hello");
        }
    }

    @Test
    void messages_that_are_no_events_are_skipped(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(RedisConfig.of(server.url()))) {
            RedisChatRouter router = new RedisChatRouter(redis);
            List<Envelope> heard = new CopyOnWriteArrayList<>();
            TestSubscriptions.answer(router.subscribe(BOB, new RouterListener() {
                @Override
                public void onEvent(Envelope envelope) {
                    heard.add(envelope);
                }

                @Override
                public void onResubscribed() {
                    throw new AssertionError("nothing was interrupted");
                }
            }));
            for (String nonsense : List.of("", "{", "[]", "null", "{\"EvtType\":\"no such\"}", "\u0000\uffff")) {
                server.command("PUBLISH", "chat:{u:bob}", nonsense);
            }
            assertThat(TestSubscriptions.answer(router.publish(BOB, EVENT))).isEqualTo(1);
            Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(EVENT));
        }
    }

    @Test
    void all_calls_to_a_closed_router_fail(RedisServer server) {
        RedisConnections redis = RedisConnections.open(RedisConfig.of(server.url()));
        RedisChatRouter router = new RedisChatRouter(redis);
        RouterListener deaf = new RouterListener() {
            @Override
            public void onEvent(Envelope envelope) {}

            @Override
            public void onResubscribed() {}
        };
        Subscription before = TestSubscriptions.answer(router.subscribe(BOB, deaf));
        redis.close();
        redis.close();

        TestSubscriptions.assertUnavailable(router.subscribe(BOB, deaf));
        TestSubscriptions.assertUnavailable(router.publish(BOB, EVENT));
        TestSubscriptions.assertUnavailable(router.isOnline(BOB));
        TestSubscriptions.assertUnavailable(before.cancel());
        TestSubscriptions.assertUnavailable(new RedisChatRouter(redis).subscribe(BOB, deaf));
        Awaitility.await().until(() -> Objects.equals(server.command("CLIENT", "LIST", "TYPE", "pubsub"), ""));
    }
}
