package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DELIVERED;
import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static io.webchat.core.calllog.MessageStatus.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.calllog.Mark;
import org.junit.jupiter.api.Test;

/**
 * Proves that the delivered and displayed watermarks only grow. A mark may become visible a little later, so a test
 * that nothing changed waits for a later mark.
 */
interface CallLogMarkContract {
    @Test
    default void G11_a_mark_holds_for_all_messages_up_to_its_time(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        ChatEvent.Message two = c.log(c.alice, c.bob, "two", 2);
        ChatEvent.Message three = c.log(c.alice, c.bob, "three", 3);
        c.mark(c.bob, DELIVERED, 2);

        c.awaitStatus(two, DELIVERED);
        c.awaitStatus(one, DELIVERED);
        c.awaitStatus(three, SENT);
    }

    @Test
    default void G11_displayed_counts_as_delivered(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        ChatEvent.Message two = c.log(c.alice, c.bob, "two", 2);
        c.mark(c.bob, DELIVERED, 1);
        c.mark(c.bob, DISPLAYED, 2);

        c.awaitStatus(two, DISPLAYED);
        c.awaitStatus(one, DISPLAYED);
    }

    @Test
    default void G11_messages_delivered_after_the_displayed_ones_stay_delivered(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        ChatEvent.Message two = c.log(c.alice, c.bob, "two", 2);
        c.mark(c.bob, DELIVERED, 2);
        c.mark(c.bob, DISPLAYED, 1);

        c.awaitStatus(one, DISPLAYED);
        c.awaitStatus(two, DELIVERED);
    }

    @Test
    default void G11_a_lower_or_lesser_mark_changes_nothing(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        ChatEvent.Message two = c.log(c.alice, c.bob, "two", 2);
        ChatEvent.Message three = c.log(c.alice, c.bob, "three", 3);
        c.mark(c.bob, DISPLAYED, 2);
        c.awaitStatus(two, DISPLAYED);
        c.mark(c.bob, DISPLAYED, 1);
        c.mark(c.bob, DELIVERED, 1);
        c.mark(c.bob, DELIVERED, 2);
        c.mark(c.bob, SENT, 3);
        c.mark(c.other, c.bob, DISPLAYED, 1);
        ChatEvent.Message answer = c.log(c.bob, c.alice, "answer", 4);
        c.mark(c.alice, DISPLAYED, 4);

        c.awaitStatus(answer, DISPLAYED);
        c.awaitStatus(one, DISPLAYED);
        c.awaitStatus(two, DISPLAYED);
        c.awaitStatus(three, SENT);
    }

    @Test
    default void G11_shuffled_and_repeated_marks_of_two_nodes_end_at_the_highest(CallLogFixture c) {
        ChatEvent.Message delivered = c.log(c.alice, c.bob, "delivered", 40);
        ChatEvent.Message displayed = c.log(c.alice, c.bob, "displayed", 20);
        ChatEvent.Message sent = c.log(c.alice, c.bob, "sent", 41);
        ConcurrentCalls.run(4, i -> {
            for (int n = 0; n <= 40; n++) {
                // 17 and 41 have no common factor, so this is every number up to 40 once, out of order.
                long upTo = (n * 17L + i) % 41;
                c.mark(c.node(i), c.bob, DELIVERED, upTo);
                c.mark(c.node(i), c.bob, DISPLAYED, upTo / 2);
            }
            return i;
        });

        c.awaitStatus(displayed, DISPLAYED);
        c.awaitStatus(delivered, DELIVERED);
        c.awaitStatus(sent, SENT);
    }

    @Test
    default void G12_marks_of_a_reader_only_touch_messages_to_that_reader(CallLogFixture c) {
        ChatEvent.Message alices = c.log(c.alice, c.bob, "from alice", 1);
        ChatEvent.Message bobs = c.log(c.bob, c.alice, "from bob", 2);
        c.mark(c.bob, DISPLAYED, 5);

        c.awaitStatus(alices, DISPLAYED);
        c.awaitStatus(bobs, SENT);
        c.mark(c.alice, DELIVERED, 5);
        c.awaitStatus(bobs, DELIVERED);
        c.awaitStatus(alices, DISPLAYED);
    }

    @Test
    default void marks_of_one_conversation_leave_others_alone(CallLogFixture c) {
        ChatEvent.Message toBob = c.log(c.alice, c.bob, "to bob", 1);
        ChatEvent.Message fromCarol = c.log(c.carol, c.bob, "from carol", 1);
        c.mark(c.bob, DISPLAYED, 5);

        c.awaitStatus(toBob, DISPLAYED);
        c.awaitStatus(fromCarol, SENT);
    }

    @Test
    default void a_mark_shows_in_the_list_of_conversations_of_both_users(CallLogFixture c) {
        ChatEvent.Message message = c.log(c.alice, c.bob, "hello", 1);
        c.mark(c.bob, DISPLAYED, 1);
        c.awaitStatus(message, DISPLAYED);

        assertThat(c.conversations(c.alice))
                .extracting(each -> each.last().status())
                .containsExactly(DISPLAYED);
        assertThat(c.conversations(c.bob))
                .extracting(each -> each.last().status())
                .containsExactly(DISPLAYED);
    }

    @Test
    default void G11_a_mark_may_come_before_the_first_message_it_is_about(CallLogFixture c) {
        c.mark(c.bob, DISPLAYED, 5);
        ChatEvent.Message first = c.log(c.alice, c.bob, "its recording was tried again", 1);

        c.awaitStatus(first, DISPLAYED);
        assertThat(c.conversations(c.alice)).hasSize(1);
        assertThat(c.conversations(c.bob)).hasSize(1);
    }

    @Test
    default void a_mark_in_an_empty_conversation_changes_nothing(CallLogFixture c) {
        c.mark(c.bob, DISPLAYED, 5);

        assertThat(c.messages()).isEmpty();
        assertThat(c.conversations(c.bob)).isEmpty();
    }

    @Test
    default void a_user_who_writes_to_themselves_displays_own_messages(CallLogFixture c) {
        ChatEvent.Message note = c.log(c.alice, c.alice, "buy milk", 1);
        StageResults.await(c.node.mark(new Mark(note.conversation(), c.alice, c.alice, DISPLAYED, c.end(1))));

        c.awaitStatus(note, DISPLAYED);
    }
}
