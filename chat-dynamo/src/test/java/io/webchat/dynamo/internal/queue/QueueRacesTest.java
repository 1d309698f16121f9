package io.webchat.dynamo.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.spi.Appended;
import io.webchat.dynamo.LogNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Another node changes the queue just before this node writes its head item. */
final class QueueRacesTest {
    private final QueueNode one = new QueueNode();
    private final QueueNode other = one.another();

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** Lets the other node do this before the next write of a head item. */
    private void overtake(Runnable step) {
        AtomicBoolean done = new AtomicBoolean();
        one.wiretap.reset();
        one.wiretap.cut = request -> {
            if (request instanceof PutItemRequest && done.compareAndSet(false, true)) {
                step.run();
            }
            return false;
        };
    }

    private List<Class<? extends SdkRequest>> requestsOfOne() {
        List<Class<? extends SdkRequest>> types = new ArrayList<>();
        one.wiretap.requests.forEach(each -> types.add(each.getClass()));
        return types;
    }

    @Test
    void G3_the_loser_of_a_race_needs_one_more_request() {
        one.attach();
        List<Long> seqs = one.appendMany(50);
        overtake(() -> other.confirm(seqs.get(10)));

        long next = LogNode.await(one.append(one.message("next"))).seq();

        List<Class<? extends SdkRequest>> requests = requestsOfOne();
        assertThat(requests.subList(requests.indexOf(PutItemRequest.class), requests.size()))
                .containsExactly(PutItemRequest.class, PutItemRequest.class);
        assertThat(other.seqs()).isEqualTo(concat(seqs.subList(11, 50), List.of(next)));
    }

    @Test
    void G2_a_resend_is_recognised_after_its_event_came_and_left_the_head_item() {
        one.appendMany(20);
        ChatEvent.Message message = one.message("once");
        List<Appended> first = new ArrayList<>();
        overtake(() -> {
            first.add(LogNode.await(other.append(message)));
            other.appendMany(20);
            other.appendMany(1);
        });

        Appended again = LogNode.await(one.append(message));

        assertThat(again)
                .isEqualTo(new Appended(first.get(0).seq(), first.get(0).storedAt(), true));
        assertThat(other.texts()).hasSize(42).containsOnlyOnce("once");
    }

    @Test
    void G6_copies_made_for_a_lost_race_are_deleted_after_confirmation() {
        one.attach();
        List<Long> seqs = one.appendMany(20);
        overtake(() -> other.confirm(seqs.get(9)));
        long last = LogNode.await(one.append(one.message("last"))).seq();
        assertThat(other.seqs()).isEqualTo(concat(seqs.subList(10, 20), List.of(last)));

        other.confirm(last);
        LogNode.await(one.append(one.message("and deletes")));
        LogNode.await(one.append(one.message("what was left")));

        assertThat(one.storedEvents()).isLessThanOrEqualTo(1);
        assertThat(other.texts()).containsExactly("and deletes", "what was left");
    }

    @Test
    void G3_a_race_with_large_events_leaves_the_head_item_small_enough() {
        String large = "x".repeat(60_000);
        for (int i = 0; i < 3; i++) {
            LogNode.await(one.append(one.message(large)));
        }
        overtake(() -> {
            for (int i = 0; i < 3; i++) {
                LogNode.await(other.append(other.message(large)));
            }
        });

        LogNode.await(one.append(one.message("y".repeat(340_000))));

        assertThat(other.texts()).hasSize(7).endsWith("y".repeat(340_000));
    }

    private static List<Long> concat(List<Long> first, List<Long> second) {
        List<Long> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
