package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.MessageId;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A conversation's delivered watermark, when messages are answered in any order: it never passes a message
 * that is still on its way. Times stored are ten times the Seq.
 */
final class DeliveredMarkTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    private final DeliveryWindow window = new DeliveryWindow(100, 0);

    private void emit(UserId from, long... seqs) {
        for (long seq : seqs) {
            ChatEvent.Message message = ChatEvent.message(from, BOB, MessageId.of("m" + seq), "hello");
            window.addMessage(Envelope.stored(seq, seq * 10, message), message);
        }
    }

    /** The watermark that this answer raises; the answered message leaves the window. */
    private long answer(long seq) {
        PendingMessage pending = Objects.requireNonNull(window.find(seq));
        pending.receipt = ChatEvent.delivery(BOB, pending.message.from(), pending.message.id());
        long upTo = window.deliveredUpTo(pending);
        window.remove(pending);
        return upTo;
    }

    @Test
    void answers_in_order_raise_the_mark_one_by_one() {
        emit(ALICE, 1, 2, 3);

        assertThat(List.of(answer(1), answer(2), answer(3))).containsExactly(10L, 20L, 30L);
    }

    @Test
    void G11_an_answer_before_an_older_one_raises_nothing_until_that_one_comes() {
        emit(ALICE, 1, 2, 3);

        assertThat(List.of(answer(3), answer(2), answer(1))).containsExactly(0L, 0L, 30L);
    }

    @Test
    void an_answer_takes_along_what_was_answered_early_behind_it() {
        emit(ALICE, 1, 2, 3);

        assertThat(answer(2)).isZero();
        assertThat(answer(1)).as("1 and 2 are answered, 3 is on its way").isEqualTo(20);
        assertThat(answer(3)).isEqualTo(30);
    }

    @Test
    void G11_an_early_answer_behind_another_hole_waits_for_that_one_too() {
        emit(ALICE, 1, 2, 3, 4);

        assertThat(answer(4)).isZero();
        assertThat(answer(1)).isEqualTo(10);
        assertThat(answer(3)).isZero();
        assertThat(answer(2)).isEqualTo(40);
    }

    @Test
    void conversations_do_not_wait_for_each_other() {
        emit(ALICE, 1);
        emit(CAROL, 2, 3);

        assertThat(answer(2)).isEqualTo(20);
        assertThat(answer(3)).isEqualTo(30);
        assertThat(answer(1)).isEqualTo(10);
    }

    @Test
    void a_message_emitted_after_an_early_answer_is_not_taken_along() {
        emit(ALICE, 1, 2);
        assertThat(answer(2)).isZero();
        emit(ALICE, 3);

        assertThat(answer(1)).isEqualTo(20);
    }

    @Test
    void an_answer_whose_receipt_could_not_be_stored_says_the_same_again() {
        emit(ALICE, 1, 2, 3);
        assertThat(answer(2)).isZero();
        PendingMessage first = Objects.requireNonNull(window.find(1));
        first.receipt = ChatEvent.delivery(BOB, ALICE, first.message.id());

        assertThat(window.deliveredUpTo(first)).isEqualTo(20);
        assertThat(window.deliveredUpTo(first)).isEqualTo(20);
    }

    private void emitInRoom(UserId from, long seq, long loggedAt) {
        ChatEvent.Message message =
                new ChatEvent.Message(from, BOB, RoomId.of("den"), MessageId.of("m" + seq), 0, "hello", null, loggedAt);
        window.addMessage(Envelope.stored(seq, seq * 10, message), message);
    }

    @Test
    void in_a_room_marks_are_times_of_the_call_log_and_each_authors_own() {
        emitInRoom(ALICE, 1, 1_000);
        emitInRoom(CAROL, 2, 500);
        emitInRoom(ALICE, 3, 1_001);

        assertThat(List.of(answer(3), answer(2), answer(1))).containsExactly(0L, 500L, 1_001L);
    }

    @Test
    void G11_in_a_room_no_mark_passes_an_earlier_message_that_stands_behind() {
        // Two devices of one author wrote at the same time through two nodes.
        emitInRoom(ALICE, 1, 1_001);
        emitInRoom(ALICE, 2, 1_000);

        assertThat(List.of(answer(1), answer(2))).containsExactly(0L, 1_001L);
    }

    @Test
    void G11_in_any_order_no_mark_passes_an_unanswered_message_and_the_last_reaches_the_end() {
        Random random = new Random(20_200_524);
        for (int round = 0; round < 500; round++) {
            List<Long> order =
                    new ArrayList<>(LongStream.rangeClosed(1, 12).boxed().toList());
            order.forEach(seq -> emit(ALICE, seq));
            Collections.shuffle(order, random);
            TreeSet<Long> open = new TreeSet<>(order);
            long mark = 0;
            for (long seq : order) {
                open.remove(seq);
                mark = Math.max(mark, answer(seq));
                assertThat(mark).isLessThan(open.isEmpty() ? 121 : open.first() * 10);
            }
            assertThat(mark).isEqualTo(120);
        }
    }
}
