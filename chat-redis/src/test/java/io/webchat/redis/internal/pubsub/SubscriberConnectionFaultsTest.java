package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions survive a network that cuts, loses or delays bytes. */
@Tag("fault")
@ExtendWith(RedisServers.class)
final class SubscriberConnectionFaultsTest {
    private final RedisServer server;
    private final TcpProxy proxy;
    private final TestSubscriptions node;

    SubscriberConnectionFaultsTest(RedisServer server) {
        this.server = server;
        this.proxy = TcpProxy.to("127.0.0.1", server.port());
        this.node = TestSubscriptions.through(proxy.port(), server, TestSubscriptions.TIMEOUT);
    }

    @BeforeEach
    void connected() {
        node.subscribed("first");
    }

    @AfterEach
    void close() {
        node.close();
        proxy.close();
        server.close();
    }

    private void assertHears(RecordingListener ears, String channel) {
        node.publish(channel, "afterwards");
        ears.awaitHeard("afterwards");
    }

    @Test
    void G5_a_cut_connection_is_replaced() {
        RecordingListener ears = node.subscribed("a");
        for (int i = 1; i <= 5; i++) {
            int before = ears.resubscriptions();
            proxy.cutAll();
            Awaitility.await().until(() -> ears.resubscriptions() > before);
        }
        assertHears(ears, "a");
        assertThat(ears.resubscriptions()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void G5_a_silent_connection_is_replaced(Direction direction) {
        RecordingListener ears = node.subscribed("a");
        proxy.blackHole(direction);
        TestSubscriptions.assertUnavailable(node.subscribe("b", new RecordingListener()));
        // The silence is longer than the timeout, so the old connection is dropped even if its bytes arrive later.
        Awaitility.await().until(() -> proxy.connections() == 0 || ears.resubscriptions() > 0);
        proxy.heal();

        ears.awaitResubscribed();
        assertHears(ears, "a");
        Awaitility.await()
                .untilAsserted(() -> assertThat(TestSubscriptions.counts(server, List.of("a", "b", "first")))
                        .containsExactly(1L, 0L, 1L));
    }

    @Test
    void G5_refused_connections_are_retried() {
        RecordingListener ears = node.subscribed("a");
        proxy.refuse();
        proxy.cutAll();
        TestSubscriptions.assertUnavailable(node.subscribe("b", new RecordingListener()));
        proxy.heal();

        ears.awaitResubscribed();
        assertHears(ears, "a");
        node.subscribed("b");
    }

    @Test
    void a_slow_network_keeps_the_order() {
        RecordingListener ears = node.subscribed("a");
        proxy.delay(Duration.ofMillis(150));
        RecordingListener late = node.subscribed("b");
        IntStream.range(0, 100).forEach(i -> node.publish("a", Integer.toString(i)));

        ears.awaitHeard("99");
        assertThat(ears.heard())
                .isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        assertHears(late, "b");
        assertThat(ears.resubscriptions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 40, 100, 333})
    void G5_a_connection_that_ends_within_a_reply_is_replaced(int bytes) {
        RecordingListener ears = node.subscribed("a");
        proxy.closeAfter(Direction.TO_CLIENT, bytes);
        for (int i = 0; ears.resubscriptions() == 0 && i < 50; i++) {
            node.publish("a", "message " + i);
        }
        ears.awaitResubscribed();
        assertHears(ears, "a");
        assertThat(ears.heard()).allMatch(each -> each.startsWith("message ") || each.equals("afterwards"));
    }
}
