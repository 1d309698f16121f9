package io.webchat.core.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueRemoval;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proves that a {@link QueueRemoval} empties one queue for good, and leaves the others alone. */
public interface QueueRemovalContract {
    /** The phone of each user. */
    DeviceId PHONE = DeviceId.of("phone");

    /** The queue; the same object is its {@link QueueRemoval}. */
    OfflineQueue queue();

    private QueueRemoval removal() {
        return (QueueRemoval) queue();
    }

    private static UserId someone(String name) {
        return UserId.of(name + UUID.randomUUID());
    }

    private ChatEvent.Message put(UserId user, String text) {
        ChatEvent.Message message = ChatEvent.message(UserId.of("alice"), user, text);
        StageResults.await(queue().append(user, message));
        return message;
    }

    private List<String> texts(UserId user, long after) {
        return StageResults.await(queue().read(user, after, 100)).events().stream()
                .map(Envelope::event)
                .map(event -> ((ChatEvent.Message) event).text())
                .toList();
    }

    @Test
    default void a_cleared_queue_has_no_events_and_no_devices() {
        UserId bob = someone("bob");
        StageResults.await(queue().attach(bob, PHONE, 0));
        put(bob, "for the former bob");
        put(bob, "also for him");

        StageResults.await(removal().clear(bob));

        assertThat(texts(bob, 0)).isEmpty();
        assertThat(StageResults.await(queue().read(bob, 0, 100)).devices()).isZero();
    }

    @Test
    default void events_after_it_have_higher_Seqs_and_reach_a_new_device() {
        UserId bob = someone("bob");
        ChatEvent.Message before = ChatEvent.message(UserId.of("alice"), bob, "before");
        long seq = StageResults.await(queue().append(bob, before)).seq();
        StageResults.await(removal().clear(bob));

        ChatEvent.Message after = ChatEvent.message(UserId.of("alice"), bob, "after");
        assertThat(StageResults.await(queue().append(bob, after)).seq()).isGreaterThan(seq);
        long cursor = StageResults.await(queue().attach(bob, PHONE, 0)).cursor();
        assertThat(texts(bob, cursor)).containsExactly("after");
    }

    @Test
    default void a_resend_of_a_removed_message_is_not_stored_again() {
        UserId bob = someone("bob");
        ChatEvent.Message before = put(bob, "before");
        StageResults.await(removal().clear(bob));

        assertThat(StageResults.await(queue().append(bob, before)).duplicate()).isTrue();
        assertThat(texts(bob, 0)).isEmpty();
    }

    @Test
    default void the_user_of_a_cleared_queue_was_never_seen_not_even_by_a_session_that_ends_later() {
        Assumptions.assumeTrue(queue() instanceof LastSeenTimes, "this queue tells no times");
        LastSeenTimes times = (LastSeenTimes) queue();
        UserId bob = someone("bob");
        StageResults.await(queue().attach(bob, PHONE, 0));
        assertThat(StageResults.await(times.lastSeen(bob))).isPresent();

        StageResults.await(removal().clear(bob));
        StageResults.await(times.leave(bob, PHONE));

        assertThat(StageResults.await(times.lastSeen(bob))).isEmpty();
    }

    @Test
    default void other_queues_stay_and_a_queue_that_does_not_exist_may_be_cleared() {
        UserId carol = someone("carol");
        put(carol, "for carol");

        StageResults.await(removal().clear(someone("nobody")));
        StageResults.await(removal().clear(someone("nobody")));

        assertThat(texts(carol, 0)).containsExactly("for carol");
    }
}
