package io.webchat.core.contract.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.spi.Subscription;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves that subscribing, publishing and cancelling at once on two nodes lose and repeat nothing. */
interface RouterConcurrencyContract {
    int THREADS = 6;

    @Test
    default void publishes_at_once_all_arrive_and_keep_each_callers_order(RouterFixture r) {
        RecordingListener heard = r.subscribed();
        List<List<Envelope>> published = ConcurrentCalls.run(THREADS, i -> {
            List<Envelope> own = r.events(100);
            StageResults.awaitAll(
                    own.stream().map(each -> r.node(i).publish(r.bob, each)).toList());
            return own;
        });

        published.forEach(own -> heard.await(own.get(99)));
        assertThat(heard.events()).hasSize(THREADS * 100).doesNotHaveDuplicates();
        for (List<Envelope> own : published) {
            assertThat(heard.events()).containsSubsequence(own);
        }
    }

    @Test
    default void subscriptions_of_one_user_made_at_once_all_hear(RouterFixture r) {
        for (int round = 1; round <= 10; round++) {
            List<RecordingListener> all =
                    Stream.generate(RecordingListener::new).limit(THREADS * 20L).toList();
            List<List<Subscription>> made = ConcurrentCalls.run(
                    THREADS,
                    i -> StageResults.awaitAll(all.subList(i * 20, i * 20 + 20).stream()
                            .map(each -> r.node(i).subscribe(r.bob, each))
                            .toList()));
            Envelope event = r.event(round);
            assertThat(r.publish(event)).isPositive();
            all.forEach(each -> each.await(event));
            ConcurrentCalls.run(
                    THREADS,
                    i -> StageResults.awaitAll(made.get(i).stream()
                            .map(each -> each.cancel().thenApply(done -> i))
                            .toList()));
            assertThat(r.publish(event)).isZero();
        }
    }

    @Test
    default void a_subscription_made_while_others_come_and_go_receives_later_events(RouterFixture r) {
        ConcurrentCalls.run(THREADS, i -> {
            for (int round = 0; round < 20; round++) {
                RecordingListener heard = new RecordingListener();
                Subscription subscription = r.subscribe(r.node(i), r.bob, heard);
                Envelope own = Envelope.passing(ChatEvent.typing(r.user("sender" + i + "-" + round), r.bob));
                assertThat(StageResults.await(r.node(i + round).publish(r.bob, own)))
                        .isPositive();
                heard.await(own);
                StageResults.await(subscription.cancel());
            }
            return i;
        });
        assertThat(StageResults.await(r.node.isOnline(r.bob))).isFalse();
        assertThat(r.publish(r.event(1))).isZero();
    }

    @Test
    default void a_steady_subscription_misses_nothing_while_others_come_and_go(RouterFixture r) {
        RecordingListener steady = r.subscribed();
        List<List<Envelope>> published = ConcurrentCalls.run(THREADS, i -> {
            List<Envelope> own = r.events(50);
            own.forEach(each -> {
                Subscription passing = r.subscribe(r.node(i), r.bob, new RecordingListener());
                StageResults.await(r.other.publish(r.bob, each));
                StageResults.await(passing.cancel());
            });
            return own;
        });

        published.forEach(own -> steady.await(own.get(49)));
        assertThat(steady.events())
                .containsExactlyInAnyOrderElementsOf(
                        published.stream().flatMap(List::stream).toList());
    }

    @Test
    default void many_users_subscribe_at_once(RouterFixture r) {
        List<RecordingListener> all =
                IntStream.range(0, 300).mapToObj(i -> new RecordingListener()).toList();
        ConcurrentCalls.run(
                THREADS,
                i -> StageResults.awaitAll(IntStream.range(0, 300)
                        .filter(n -> n % THREADS == i)
                        .mapToObj(n -> r.node(n).subscribe(r.user("user" + n), all.get(n)))
                        .toList()));

        for (int n = 0; n < 300; n++) {
            Envelope event = Envelope.passing(ChatEvent.typing(r.alice, r.user("user" + n)));
            assertThat(StageResults.await(r.node.publish(r.user("user" + n), event)))
                    .isEqualTo(1);
            all.get(n).await(event);
        }
    }
}
