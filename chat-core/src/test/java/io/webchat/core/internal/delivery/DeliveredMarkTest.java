package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The delivered watermark of a conversation when receipts are stored in any order. It never passes a message without a
 * stored receipt. The time of each message is ten times its Seq.
 */
final class DeliveredMarkTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    private final DeliveryWindow window = new DeliveryWindow(100);

    private void emit(UserId from, long... seqs) {
        for (long seq : seqs) {
            ChatEvent.Message message = ChatEvent.message(from, BOB, MessageId.of("m" + seq), "hello");
            window.addMessage(Envelope.stored(seq, seq * 10, message), message);
        }
    }

    /**
     * Stores the receipt of the message, removes it from the window, and returns the time of the watermark that this
     * raises; 0 for none.
     */
    private long storeReceipt(long seq) {
        PendingMessage pending = Objects.requireNonNull(window.find(seq));
        long upTo = deliveredUpTo(pending);
        window.remove(pending);
        return upTo;
    }

    private long deliveredUpTo(PendingMessage stored) {
        MessagePosition upTo = window.deliveredUpTo(stored);
        return upTo == null ? 0 : upTo.storedAt();
    }

    @Test
    void receipts_in_order_raise_the_watermark_one_by_one() {
        emit(ALICE, 1, 2, 3);

        assertThat(List.of(storeReceipt(1), storeReceipt(2), storeReceipt(3))).containsExactly(10L, 20L, 30L);
    }

    @Test
    void G11_a_stored_receipt_raises_nothing_before_the_older_one() {
        emit(ALICE, 1, 2, 3);

        assertThat(List.of(storeReceipt(3), storeReceipt(2), storeReceipt(1))).containsExactly(0L, 0L, 30L);
    }

    @Test
    void a_stored_receipt_includes_the_early_ones_behind_it() {
        emit(ALICE, 1, 2, 3);

        assertThat(storeReceipt(2)).isZero();
        assertThat(storeReceipt(1)).as("1 and 2 have a receipt, 3 has none").isEqualTo(20);
        assertThat(storeReceipt(3)).isEqualTo(30);
    }

    @Test
    void G11_an_early_receipt_waits_for_every_older_message() {
        emit(ALICE, 1, 2, 3, 4);

        assertThat(storeReceipt(4)).isZero();
        assertThat(storeReceipt(1)).isEqualTo(10);
        assertThat(storeReceipt(3)).isZero();
        assertThat(storeReceipt(2)).isEqualTo(40);
    }

    @Test
    void G11_an_acknowledgement_without_a_stored_receipt_raises_nothing() {
        emit(ALICE, 1, 2);
        PendingMessage first = Objects.requireNonNull(window.find(1));
        first.receipt = ChatEvent.delivery(BOB, ALICE, first.message.id());

        assertThat(storeReceipt(2)).isZero();
        assertThat(storeReceipt(1)).isEqualTo(20);
    }

    @Test
    void conversations_do_not_wait_for_each_other() {
        emit(ALICE, 1);
        emit(CAROL, 2, 3);

        assertThat(storeReceipt(2)).isEqualTo(20);
        assertThat(storeReceipt(3)).isEqualTo(30);
        assertThat(storeReceipt(1)).isEqualTo(10);
    }

    @Test
    void a_message_emitted_after_an_early_receipt_is_not_included() {
        emit(ALICE, 1, 2);
        assertThat(storeReceipt(2)).isZero();
        emit(ALICE, 3);

        assertThat(storeReceipt(1)).isEqualTo(20);
    }

    @Test
    void a_retried_receipt_has_the_same_watermark() {
        emit(ALICE, 1, 2, 3);
        assertThat(storeReceipt(2)).isZero();
        PendingMessage first = Objects.requireNonNull(window.find(1));

        assertThat(deliveredUpTo(first)).isEqualTo(20);
        assertThat(deliveredUpTo(first)).isEqualTo(20);
    }

    private void emitInRoom(UserId from, long seq, long loggedAt) {
        ChatEvent.Message message = ChatEvent.Message.from(from)
                .to(BOB)
                .in(RoomId.of("den"))
                .id("m" + seq)
                .timestamp(0)
                .text("hello")
                .loggedAt(loggedAt)
                .build();
        window.addMessage(Envelope.stored(seq, seq * 10, message), message);
    }

    @Test
    void in_a_room_each_author_has_a_watermark_in_times_of_the_call_log() {
        emitInRoom(ALICE, 1, 1_000);
        emitInRoom(CAROL, 2, 500);
        emitInRoom(ALICE, 3, 1_001);

        assertThat(List.of(storeReceipt(3), storeReceipt(2), storeReceipt(1))).containsExactly(0L, 500L, 1_001L);
    }

    @Test
    void G11_at_equal_times_no_watermark_passes_a_message_without_a_stored_receipt() {
        // Positions of one time are ordered by id: m1 comes before m2.
        emitInRoom(ALICE, 1, 1_000);
        emitInRoom(ALICE, 2, 1_000);
        emitInRoom(ALICE, 3, 1_001);
        PendingMessage second = Objects.requireNonNull(window.find(2));

        assertThat(List.of(storeReceipt(2), storeReceipt(3))).containsExactly(0L, 0L);
        PendingMessage first = Objects.requireNonNull(window.find(1));
        assertThat(window.deliveredUpTo(first)).isGreaterThan(second.position);
    }

    @Test
    void G11_in_a_room_no_watermark_passes_an_older_message_with_a_higher_Seq() {
        // Two devices of one author wrote at the same time through two nodes.
        emitInRoom(ALICE, 1, 1_001);
        emitInRoom(ALICE, 2, 1_000);

        assertThat(List.of(storeReceipt(1), storeReceipt(2))).containsExactly(0L, 1_001L);
    }

    @Test
    void G11_in_any_order_no_watermark_passes_an_open_message_and_the_last_one_reaches_the_end() {
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
                mark = Math.max(mark, storeReceipt(seq));
                assertThat(mark).isLessThan(open.isEmpty() ? 121 : open.first() * 10);
            }
            assertThat(mark).isEqualTo(120);
        }
    }
}
