package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.webchat.redis.internal.client.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Each wish becomes one command, and each reply completes exactly the stages of its channel. */
final class SubscriptionProtocolTest implements ChannelSubscriber.Owner {
    private final Set<String> wanted = new HashSet<>();
    private final List<String> events = new ArrayList<>();
    private final ServerConnection wire = mock(ServerConnection.class);
    private SubscriptionProtocol subscriptions = new SubscriptionProtocol(PubSubMode.PLAIN, this);

    @Override
    public boolean wanted(String channel) {
        return wanted.contains(channel);
    }

    @Override
    public void message(String channel, byte[] payload) {
        throw new AssertionError("messages do not come this way");
    }

    @Override
    public void resubscribed(String channel) {
        events.add("resubscribed " + channel);
    }

    @Override
    public void notServed(String channel, @Nullable JedisDataException why) {
        events.add("not here " + channel);
    }

    private CompletableFuture<Void> join(String channel) {
        wanted.add(channel);
        return subscriptions.join(channel);
    }

    private CompletableFuture<Void> leave(String channel) {
        wanted.remove(channel);
        return subscriptions.leave(channel);
    }

    /** The commands that are sent next; a PING if there is nothing else to send. */
    private List<String> sent() throws InterruptedException {
        return Objects.requireNonNull(subscriptions.next(Duration.ZERO)).commands().stream()
                .map(each -> StreamSupport.stream(each.spliterator(), false)
                        .map(part -> new String(part.getRaw(), StandardCharsets.UTF_8))
                        .reduce((some, more) -> some + " " + more)
                        .orElse(""))
                .toList();
    }

    private void joined(String channel) throws InterruptedException {
        CompletableFuture<Void> stage = join(channel);
        assertThat(sent()).containsExactly("SUBSCRIBE " + channel);
        subscriptions.confirmed(true, channel);
        assertThat(stage).isCompleted();
    }

    private void sharded() {
        subscriptions = new SubscriptionProtocol(PubSubMode.SHARDED, this);
        subscriptions.connected(wire);
    }

    private static JedisDataException moved(String channel, int off) {
        int slot = JedisClusterCRC16.getSlot(channel.getBytes(StandardCharsets.UTF_8)) + off;
        return new JedisMovedDataException("MOVED " + slot, new HostAndPort("127.0.0.1", 1), slot);
    }

    @Test
    void each_confirmation_completes_its_own_stage() throws InterruptedException {
        subscriptions.connected(wire);
        CompletableFuture<Void> a = join("a");
        CompletableFuture<Void> b = join("b");
        assertThat(sent()).containsExactly("SUBSCRIBE a b");
        subscriptions.confirmed(true, "a");
        assertThat(a).isCompleted();
        assertThat(b).isNotDone();
        subscriptions.confirmed(true, "b");
        assertThat(b).isCompleted();
    }

    @Test
    void a_confirmation_in_the_wrong_order_ends_the_connection() throws InterruptedException {
        subscriptions.connected(wire);
        CompletableFuture<Void> a = join("a");
        CompletableFuture<Void> b = join("b");
        sent();
        assertThatThrownBy(() -> subscriptions.confirmed(true, "b")).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(() -> subscriptions.confirmed(false, "a")).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(() -> subscriptions.confirmed(true, "c")).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(subscriptions::pong).isInstanceOf(JedisConnectionException.class);
        assertThat(a).isNotDone();
        assertThat(b).isNotDone();
    }

    @Test
    void an_unexpected_reply_ends_the_connection() {
        subscriptions.connected(wire);
        JedisDataException refusal = new JedisDataException("ERR of some kind");
        assertThatThrownBy(() -> subscriptions.confirmed(true, "a")).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(() -> subscriptions.confirmed(false, "a")).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(subscriptions::pong).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(() -> subscriptions.refused(refusal)).isInstanceOf(JedisConnectionException.class);
    }

    @Test
    void a_refusal_after_a_partial_confirmation_ends_the_connection() throws InterruptedException {
        subscriptions.connected(wire);
        var unused = join("a");
        CompletableFuture<Void> b = join("b");
        sent();
        subscriptions.confirmed(true, "a");
        assertThatThrownBy(() -> subscriptions.refused(new JedisDataException("NOPERM")))
                .isInstanceOf(JedisConnectionException.class);
        assertThat(b).isNotDone();
    }

    @Test
    void a_subscription_cancelled_before_it_is_sent_is_never_sent() throws InterruptedException {
        subscriptions.connected(wire);
        CompletableFuture<Void> in = join("a");
        assertThat(leave("a")).isCompleted();
        assertThat(in).isCompletedExceptionally();
        assertThat(sent()).containsExactly("PING");
    }

    @Test
    void a_subscription_during_an_unsubscription_is_sent_after_it() throws InterruptedException {
        subscriptions.connected(wire);
        joined("a");
        CompletableFuture<Void> out = leave("a");
        assertThat(sent()).containsExactly("UNSUBSCRIBE a");
        CompletableFuture<Void> in = join("a");
        assertThat(out).as("wanted again").isCompleted();
        assertThat(in).isNotDone();
        subscriptions.confirmed(false, "a");
        assertThat(in).isNotDone();
        assertThat(sent()).containsExactly("SUBSCRIBE a");
        subscriptions.confirmed(true, "a");
        assertThat(in).isCompleted();
        assertThat(events).isEmpty();
    }

    @Test
    void a_cancel_during_a_subscription_waits_for_the_unsubscription() throws InterruptedException {
        subscriptions.connected(wire);
        CompletableFuture<Void> in = join("a");
        sent();
        CompletableFuture<Void> out = leave("a");
        subscriptions.confirmed(true, "a");
        assertThat(in).isCompleted();
        assertThat(out).isNotDone();
        assertThat(sent()).containsExactly("UNSUBSCRIBE a");
        subscriptions.confirmed(false, "a");
        assertThat(out).isCompleted();
    }

    @Test
    void after_a_lost_connection_wanted_channels_are_resubscribed() throws InterruptedException {
        subscriptions.connected(wire);
        joined("stood");
        joined("left");
        CompletableFuture<Void> waited = join("waited");
        sent();
        CompletableFuture<Void> out = leave("left");
        subscriptions.lost();
        assertThat(out).as("the server ends it with the connection").isCompleted();
        assertThat(waited).isNotDone();

        subscriptions.connected(wire);
        String again = sent().get(0);
        assertThat(again).isIn("SUBSCRIBE stood waited", "SUBSCRIBE waited stood");
        for (String each : again.substring("SUBSCRIBE ".length()).split(" ", -1)) {
            subscriptions.confirmed(true, each);
        }
        assertThat(waited).isCompleted();
        assertThat(events).containsExactly("resubscribed stood");
    }

    @Test
    void two_losses_before_a_resubscription_are_notified_once() throws InterruptedException {
        subscriptions.connected(wire);
        joined("a");
        subscriptions.lost();
        subscriptions.connected(wire);
        sent();
        subscriptions.lost();
        assertThat(events).isEmpty();
        subscriptions.connected(wire);
        sent();
        subscriptions.confirmed(true, "a");
        assertThat(events).containsExactly("resubscribed a");
    }

    @Test
    void channels_of_a_moved_slot_are_given_up() throws InterruptedException {
        sharded();
        CompletableFuture<Void> a = join("a");
        CompletableFuture<Void> b = join("b");
        assertThat(sent()).containsExactly("SSUBSCRIBE a", "SSUBSCRIBE b");
        subscriptions.confirmed(true, "a");
        subscriptions.refused(moved("b", 0));
        assertThat(a).isCompleted();
        assertThatThrownBy(b::join).hasRootCauseInstanceOf(JedisMovedDataException.class);
        subscriptions.confirmed(false, "a");
        assertThat(events).containsExactly("not here b", "not here a");
        assertThat(sent()).containsExactly("PING");
    }

    @Test
    void a_refusal_that_names_another_slot_ends_the_connection() throws InterruptedException {
        sharded();
        CompletableFuture<Void> a = join("a");
        sent();
        assertThatThrownBy(() -> subscriptions.refused(moved("a", 1))).isInstanceOf(JedisConnectionException.class);
        assertThat(a).isNotDone();
    }

    @Test
    void cancelling_a_channel_of_a_moved_slot_completes() throws InterruptedException {
        sharded();
        var unused = join("a");
        sent();
        subscriptions.confirmed(true, "a");
        CompletableFuture<Void> out = leave("a");
        assertThat(sent()).containsExactly("SUNSUBSCRIBE a");
        subscriptions.refused(moved("a", 0));
        assertThat(out).isCompleted();
        assertThat(events).isEmpty();
    }

    @Test
    void a_server_that_cannot_write_to_its_disk_refuses_a_PING_and_is_alive() throws InterruptedException {
        subscriptions.connected(wire);
        joined("a");
        assertThat(sent()).containsExactly("PING");
        subscriptions.refused(new JedisDataException("MISCONF Errors writing to the AOF file"));

        assertThat(sent()).containsExactly("PING");
        assertThatThrownBy(() -> subscriptions.refused(new JedisDataException("NOAUTH Authentication required.")))
                .isInstanceOf(JedisConnectionException.class);
    }
}
