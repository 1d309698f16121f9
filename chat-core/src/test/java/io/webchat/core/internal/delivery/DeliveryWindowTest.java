package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.MessageKey;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of a device's cursor, after events were emitted, acknowledged and stored. Starts at Seq 100. */
final class DeliveryWindowTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final DeliveryWindow window = new DeliveryWindow(3);

    @BeforeEach
    void begin() {
        window.begin(7, 100);
    }

    private void message(long seq) {
        emit(seq, ChatEvent.message(ALICE, BOB, MessageId.of("m" + seq), "hello"));
    }

    private void emit(long seq, ChatEvent.Message message) {
        window.addMessage(Envelope.stored(seq, seq * 10, message), message);
    }

    private PendingMessage pending(long seq) {
        return Objects.requireNonNull(window.find(seq));
    }

    /** The client acknowledged the message, and its receipt was stored. */
    private void confirm(long seq) {
        window.onAcknowledged(seq);
        window.remove(pending(seq));
    }

    @Test
    void at_first_everything_up_to_the_cursor_is_emitted_and_confirmed() {
        assertThat(window.cursor()).isEqualTo(100);
        assertThat(window.emittedSeq()).isEqualTo(100);
        assertThat(window.capacity()).isEqualTo(3);
        assertThat(window.pending()).isEmpty();
    }

    @Test
    void G7_unconfirmed_messages_take_capacity_and_receipts_do_not() {
        message(101);
        message(102);
        window.addReceipt(103);
        window.addReceipt(104);

        assertThat(window.capacity()).isEqualTo(1);
        assertThat(window.emittedSeq()).isEqualTo(104);
        confirm(101);
        assertThat(window.capacity()).isEqualTo(2);
    }

    @Test
    void G6_the_cursor_stops_before_the_first_message_that_is_not_confirmed() {
        message(101);
        message(102);
        message(103);
        confirm(102);
        assertThat(window.cursor()).isEqualTo(100);
        confirm(101);
        assertThat(window.cursor()).isEqualTo(102);
        confirm(103);
        assertThat(window.cursor()).isEqualTo(103);
    }

    @Test
    void G6_a_message_with_two_Seqs_is_confirmed_once_for_both() {
        message(101);
        ChatEvent.Message first = pending(101).message;
        message(102);
        emit(103, first);

        assertThat(window.capacity()).isEqualTo(1);
        confirm(102);
        assertThat(window.cursor()).isEqualTo(102);
        window.remove(Objects.requireNonNull(window.find(MessageKey.of(first))));
        assertThat(window.cursor()).isEqualTo(103);
        assertThat(window.capacity()).isEqualTo(3);
    }

    @Test
    void G6_the_cursor_waits_until_the_receipt_is_stored() {
        message(101);
        window.onAcknowledged(101);

        assertThat(window.cursor()).isEqualTo(100);
    }

    @Test
    void G6_receipts_are_confirmed_by_the_acknowledgement_of_a_later_event() {
        window.addReceipt(101);
        window.addReceipt(102);
        assertThat(window.cursor()).isEqualTo(100);
        message(103);
        confirm(103);

        assertThat(window.cursor()).isEqualTo(103);
    }

    @Test
    void G6_a_receipt_behind_the_acknowledged_event_is_not_confirmed() {
        message(101);
        window.addReceipt(102);
        message(103);
        window.addReceipt(104);
        confirm(103);
        assertThat(window.cursor()).isEqualTo(100);
        confirm(101);

        assertThat(window.cursor()).isEqualTo(103);
    }

    @Test
    void a_client_may_acknowledge_a_receipt() {
        window.addReceipt(101);
        window.addReceipt(102);
        window.onAcknowledged(101);
        assertThat(window.cursor()).isEqualTo(101);
        window.onAcknowledged(102);
        assertThat(window.cursor()).isEqualTo(102);
    }

    @Test
    void G6_receipts_are_confirmed_by_the_second_heartbeat_after_them() {
        window.addReceipt(101);
        window.onHeartbeat();
        assertThat(window.cursor()).isEqualTo(100);
        window.addReceipt(102);
        window.onHeartbeat();
        assertThat(window.cursor()).isEqualTo(101);
        window.onHeartbeat();
        assertThat(window.cursor()).isEqualTo(102);
    }

    @Test
    void G6_no_heartbeat_confirms_a_message() {
        message(101);
        window.onHeartbeat();
        window.onHeartbeat();
        window.onHeartbeat();

        assertThat(window.cursor()).isEqualTo(100);
        assertThat(window.capacity()).isEqualTo(2);
    }

    @Test
    void acknowledging_an_event_that_was_not_emitted_has_no_effect() {
        window.addReceipt(101);
        window.onAcknowledged(999);
        window.onAcknowledged(Long.MAX_VALUE);

        assertThat(window.cursor()).isEqualTo(100);
    }

    @Test
    void skipped_Seqs_need_no_confirmation() {
        window.skipTo(150);
        assertThat(window.cursor()).isEqualTo(150);
        message(151);
        window.skipTo(160);
        assertThat(window.cursor()).isEqualTo(150);
        assertThat(window.emittedSeq()).isEqualTo(160);
        confirm(151);
        assertThat(window.cursor()).isEqualTo(160);
    }

    @Test
    void the_cursor_never_goes_back() {
        message(101);
        confirm(101);
        assertThat(window.cursor()).isEqualTo(101);
        window.addReceipt(102);
        window.onAcknowledged(50);

        assertThat(window.cursor()).isEqualTo(101);
    }

    @Test
    void G6_a_new_epoch_forgets_everything_and_begins_at_its_cursor() {
        message(101);
        window.addReceipt(102);
        message(103);
        window.onAcknowledged(103);
        window.begin(8, 5_000);

        assertThat(window.epoch()).isEqualTo(8);
        assertThat(window.pending()).isEmpty();
        assertThat(window.find(101)).isNull();
        assertThat(window.emittedSeq()).isEqualTo(5_000);
        assertThat(window.cursor()).isEqualTo(5_000);
        assertThat(window.hasMoved()).isFalse();
        message(5_001);
        confirm(5_001);
        assertThat(window.cursor()).isEqualTo(5_001);
    }

    @Test
    void the_queue_needs_a_cursor_once() {
        assertThat(new DeliveryWindow(3).hasMoved()).isFalse();
        window.addReceipt(101);
        window.onAcknowledged(101);
        assertThat(window.hasMoved()).isTrue();
        window.onCursorStored(6, 101);
        assertThat(window.hasMoved()).as("stored in another epoch").isTrue();
        window.onCursorStored(7, 101);

        assertThat(window.hasMoved()).isFalse();
    }

    @Test
    void a_pending_message_is_found_by_its_Seq_and_its_key_until_it_is_confirmed() {
        message(101);
        PendingMessage pending = pending(101);
        MessageKey key = new MessageKey(ALICE, MessageId.of("m101"));

        assertThat(window.find(key)).isSameAs(pending);
        assertThat(window.find(new MessageKey(BOB, key.id()))).isNull();
        window.remove(pending);
        assertThat(window.find(key)).isNull();
        assertThat(window.find(101)).isNull();
    }

    @Test
    void confirming_twice_does_not_remove_a_later_message_with_the_same_id() {
        message(101);
        PendingMessage first = pending(101);
        ChatEvent.Message again = first.message;
        window.addMessage(Envelope.stored(102, 1020, again), again);
        window.remove(first);
        window.remove(first);

        assertThat(window.find(first.key())).isSameAs(pending(102));
        assertThat(window.capacity()).isEqualTo(2);
    }

    @Test
    void any_receipt_acknowledges_a_pending_message() {
        message(101);
        PendingMessage pending = pending(101);
        assertThat(pending.isAcknowledged()).isFalse();
        pending.receipt = new ChatEvent.Receipt(EventKind.DISPLAY, BOB, ALICE, null, pending.message.id(), 1);

        assertThat(pending.isAcknowledged()).isTrue();
        assertThat(pending.needsNo(EventKind.DELIVERY)).isFalse();
    }

    @Test
    void G18_each_held_event_stops_the_cursor_until_the_queue_has_dropped_it() {
        window.hold(101);
        window.skipTo(102);
        window.hold(103);
        window.skipTo(104);
        assertThat(window.cursor()).isEqualTo(100);
        assertThat(window.isBehindHeld(101)).isFalse();
        assertThat(window.isBehindHeld(102)).isTrue();

        assertThat(window.onHead(101)).isFalse();
        assertThat(window.onHead(102)).isTrue();
        assertThat(window.cursor()).isEqualTo(102);

        assertThat(window.onHead(104)).isTrue();
        assertThat(window.cursor()).isEqualTo(104);
    }

    @Test
    void G18_removed_events_free_no_held_event_behind_them() {
        window.hold(101);
        window.hold(103);

        window.skipRemoved(102);
        window.skipTo(104);

        assertThat(window.cursor()).isEqualTo(102);
    }
}
