package io.webchat.core.contract.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a published event reaches every subscription, and that the publisher learns how many there are. */
interface RouterPublishContract {
    @Test
    default void a_publish_to_an_offline_user_reaches_nobody(RouterFixture r) {
        assertThat(r.publish(r.event(1))).isZero();
    }

    @Test
    default void a_publish_reaches_a_subscription_on_its_own_node(RouterFixture r) {
        RecordingListener heard = r.subscribed();
        Envelope event = r.event(1);

        assertThat(r.publish(event)).isEqualTo(1);
        heard.await(event);
        assertThat(heard.events()).containsExactly(event);
    }

    @Test
    default void a_publish_reaches_a_subscription_on_another_node(RouterFixture r) {
        RecordingListener heard = r.subscribed();
        Envelope event = r.event(1);

        assertThat(StageResults.await(r.other.publish(r.bob, event))).isEqualTo(1);
        heard.await(event);
    }

    @Test
    default void a_publish_reaches_every_node_and_counts_them(RouterFixture r) {
        RecordingListener here = r.subscribed();
        RecordingListener there = new RecordingListener();
        r.subscribe(r.other, r.bob, there);
        Envelope event = r.event(1);

        assertThat(r.publish(event)).isEqualTo(2);
        here.await(event);
        there.await(event);
    }

    @Test
    default void an_event_arrives_as_it_was_published(RouterFixture r) {
        ChatEvent.Message inRoom = ChatEvent.Message.from(r.alice)
                .to(r.bob)
                .in(RoomId.of("friends"))
                .timestamp(0)
                .text("안녕 👋 \"quoted\" \u0000")
                .build();
        List<Envelope> all = List.of(
                Envelope.stored((1L << 53) - 1, 1_700_000_000_123L, inRoom),
                Envelope.stored(1, 1, ChatEvent.message(r.bob, r.alice, "sent").copyFrom(DeviceId.of("my.phone"))),
                Envelope.stored(2, 2, ChatEvent.delivery(r.alice, r.bob, MessageId.random())),
                Envelope.stored(3, 3, ChatEvent.display(r.alice, r.bob, MessageId.random())),
                Envelope.passing(ChatEvent.typing(r.alice, r.bob)),
                Envelope.passing(new NodeEvent.SessionOpened(r.bob, DeviceId.DEFAULT, Long.MAX_VALUE, 5)));
        RecordingListener heard = r.subscribed();

        all.forEach(r::publish);
        heard.await(all.get(5));
        assertThat(heard.events()).isEqualTo(all);
    }

    @Test
    default void G3_publishes_of_one_caller_arrive_in_their_order(RouterFixture r) {
        RecordingListener here = r.subscribed();
        RecordingListener there = new RecordingListener();
        r.subscribe(r.other, r.bob, there);
        List<Envelope> events = r.events(500);

        StageResults.awaitAll(
                events.stream().map(each -> r.node.publish(r.bob, each)).toList());
        here.await(events.get(499));
        there.await(events.get(499));
        assertThat(here.events()).isEqualTo(events);
        assertThat(there.events()).isEqualTo(events);
    }

    @Test
    default void each_user_has_a_channel_of_their_own(RouterFixture r) {
        RecordingListener bobs = r.subscribed();
        RecordingListener carols = new RecordingListener();
        r.subscribe(r.node, r.carol, carols);
        Envelope forBob = r.event(1);
        Envelope forCarol = r.event(2);

        assertThat(r.publish(forBob)).isEqualTo(1);
        assertThat(StageResults.await(r.node.publish(r.carol, forCarol))).isEqualTo(1);
        bobs.await(forBob);
        carols.await(forCarol);
        assertThat(bobs.events()).containsExactly(forBob);
        assertThat(carols.events()).containsExactly(forCarol);
    }

    @Test
    default void a_user_is_online_on_every_node_while_anyone_is_subscribed(RouterFixture r) {
        assertThat(StageResults.await(r.node.isOnline(r.bob))).isFalse();
        var subscription = r.subscribe(r.node, r.bob, new RecordingListener());

        assertThat(StageResults.await(r.node.isOnline(r.bob))).isTrue();
        assertThat(StageResults.await(r.other.isOnline(r.bob))).isTrue();
        assertThat(StageResults.await(r.node.isOnline(r.carol))).isFalse();
        StageResults.await(subscription.cancel());
        assertThat(StageResults.await(r.node.isOnline(r.bob))).isFalse();
        assertThat(StageResults.await(r.other.isOnline(r.bob))).isFalse();
    }
}
