package io.webchat.core.contract.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Envelope;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Proves when a subscription receives events, and that subscriptions do not disturb each other. */
interface RouterSubscriptionContract {
    @Test
    default void a_subscription_hears_nothing_from_before_and_everything_after(RouterFixture r) {
        r.publish(r.event(1));
        RecordingListener heard = r.subscribed();
        List<Envelope> after = r.events(20);

        after.forEach(r::publish);
        heard.await(after.get(19));
        assertThat(heard.events()).isEqualTo(after);
    }

    @Test
    default void several_subscriptions_on_one_node_each_hear_everything(RouterFixture r) {
        RecordingListener one = r.subscribed();
        RecordingListener two = r.subscribed();
        List<Envelope> events = r.events(5);

        // A backend may know the node's subscriptions as one.
        assertThat(events).allSatisfy(each -> assertThat(r.publish(each)).isBetween(1, 2));
        one.await(events.get(4));
        two.await(events.get(4));
        assertThat(one.events()).isEqualTo(events);
        assertThat(two.events()).isEqualTo(events);
    }

    @Test
    default void a_listener_that_subscribes_twice_hears_everything_twice(RouterFixture r) {
        RecordingListener twice = r.subscribed();
        Subscription second = r.subscribe(r.node, r.bob, twice);
        RecordingListener witness = r.subscribed();
        Envelope event = r.event(1);
        Envelope last = r.event(2);

        r.publish(event);
        witness.await(event);
        StageResults.await(second.cancel());
        r.publish(last);
        witness.await(last);
        twice.await(last);
        assertThat(twice.events()).containsExactly(event, event, last);
    }

    @Test
    default void a_cancelled_subscription_hears_nothing_new_and_counts_no_more(RouterFixture r) {
        RecordingListener cancelled = new RecordingListener();
        Subscription subscription = r.subscribe(r.node, r.bob, cancelled);
        StageResults.await(subscription.cancel());
        assertThat(r.publish(r.event(1))).isZero();

        RecordingListener witness = r.subscribed();
        Envelope event = r.event(2);
        assertThat(r.publish(event)).isEqualTo(1);
        witness.await(event);
        assertThat(cancelled.events()).isEmpty();
    }

    @Test
    default void cancelling_again_does_nothing(RouterFixture r) {
        RecordingListener left = r.subscribed();
        Subscription subscription = r.subscribe(r.node, r.bob, new RecordingListener());

        StageResults.await(subscription.cancel());
        StageResults.await(subscription.cancel());
        assertThat(StageResults.await(r.node.isOnline(r.bob))).isTrue();
        Envelope event = r.event(1);
        assertThat(r.publish(event)).isEqualTo(1);
        left.await(event);
    }

    @Test
    default void cancelling_on_one_node_leaves_the_other_subscribed(RouterFixture r) {
        Subscription here = r.subscribe(r.node, r.bob, new RecordingListener());
        RecordingListener there = new RecordingListener();
        r.subscribe(r.other, r.bob, there);
        StageResults.await(here.cancel());
        Envelope event = r.event(1);

        assertThat(r.publish(event)).isEqualTo(1);
        there.await(event);
    }

    @Test
    default void a_user_may_come_and_go_many_times(RouterFixture r) {
        for (int i = 1; i <= 400; i++) {
            StageResults.await(
                    r.subscribe(r.node(i), r.bob, new RecordingListener()).cancel());
        }
        assertThat(r.publish(r.event(1))).isZero();
        RecordingListener heard = r.subscribed();
        Envelope event = r.event(2);
        assertThat(r.publish(event)).isEqualTo(1);
        heard.await(event);
    }

    @Test
    default void a_listener_that_throws_harms_no_other(RouterFixture r) {
        RecordingListener before = r.subscribed();
        r.subscribe(r.node, r.bob, throwing());
        RecordingListener behind = r.subscribed();
        List<Envelope> events = r.events(3);

        events.forEach(r::publish);
        before.await(events.get(2));
        behind.await(events.get(2));
        assertThat(before.events()).isEqualTo(events);
        assertThat(behind.events()).isEqualTo(events);
    }

    @Test
    default void G5_an_interrupted_subscription_stands_again_and_says_so(RouterFixture r) {
        RecordingListener here = r.subscribed();
        RecordingListener there = new RecordingListener();
        r.subscribe(r.other, r.bob, there);
        r.interruptSubscriptions();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> here.resubscribed() > 0 && there.resubscribed() > 0);
        Envelope event = r.event(1);
        r.publish(event);
        here.await(event);
        there.await(event);
    }

    private static RouterListener throwing() {
        return new RouterListener() {
            @Override
            public void onEvent(Envelope envelope) {
                throw new IllegalStateException("this listener is broken on purpose");
            }

            @Override
            public void onResubscribed() {
                throw new IllegalStateException("this listener is broken on purpose");
            }
        };
    }
}
