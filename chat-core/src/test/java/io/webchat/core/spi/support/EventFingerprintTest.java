package io.webchat.core.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Backends store fingerprints, so nodes of different versions must compute the same ones. */
final class EventFingerprintTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static ChatEvent.Message message(UserId from, UserId to, String id, String text) {
        return ChatEvent.Message.from(from)
                .to(to)
                .id(id)
                .timestamp(1)
                .text(text)
                .build();
    }

    private static ChatEvent.Receipt receipt(EventKind kind) {
        return new ChatEvent.Receipt(kind, BOB, ALICE, null, MessageId.of("m1"), 1);
    }

    private static EventFingerprint of(ChatEvent event) {
        return EventFingerprint.of(event);
    }

    @Test
    void the_name_is_the_first_128_bits_of_SHA_256_over_the_ids_and_the_kind() {
        // printf 'alice bob m1 message' | sha256sum, cut to 16 bytes.
        EventFingerprint fingerprint = of(message(ALICE, BOB, "m1", "hello"));

        assertThat(HexFormat.of().formatHex(fingerprint.nameBytes())).isEqualTo("0a04691610e7aa1e0f4f8b4a69b33bf6");
        assertThat(fingerprint.name()).isEqualTo("CgRpFhDnqh4PT4tKabM79g");
    }

    @Test
    void a_name_alone_is_that_of_the_whole_fingerprint() {
        ChatEvent.Message message = message(ALICE, BOB, "m1", "hello");
        Amendment edit = Amendment.by(ALICE).of(message).edit(MessageContent.text("bye"));

        assertThat(Stream.of(message, receipt(EventKind.DISPLAY), edit))
                .allSatisfy(each -> assertThat(EventFingerprint.nameBytes(each)).isEqualTo(of(each).nameBytes()));
        assertThat(EventFingerprint.nameBytesOfMessage(edit)).isEqualTo(EventFingerprint.nameBytes(message));
    }

    @Test
    void sender_recipient_id_and_kind_make_different_names() {
        Stream<ChatEvent> all = Stream.of(
                message(ALICE, BOB, "m1", "x"),
                message(BOB, ALICE, "m1", "x"),
                message(ALICE, ALICE, "m1", "x"),
                message(ALICE, BOB, "m2", "x"),
                receipt(EventKind.DELIVERY));

        assertThat(all.map(each -> of(each).name())).doesNotHaveDuplicates().allMatch(each -> each.length() == 22);
    }

    @Test
    void the_content_is_the_digest_of_a_message_and_the_rank_of_a_receipt() {
        // printf '\0hello' | sha256sum, cut to 16 bytes.
        EventFingerprint message = of(message(ALICE, BOB, "m1", "hello"));
        assertThat(message.content()).isEqualTo("iipcm3aIJ95alVLDigRMZg");
        assertThat(HexFormat.of().formatHex(message.contentBytes())).isEqualTo("8a2a5c9b768827de5a9552c38a044c66");

        assertThat(of(receipt(EventKind.DELIVERY)).content()).isEqualTo("1");
        assertThat(of(receipt(EventKind.DISPLAY)).contentBytes()).isEqualTo("2".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_message_with_the_same_content_is_a_repetition_and_another_content_is_a_conflict() {
        EventFingerprint first = of(message(ALICE, BOB, "m1", "hello"));

        assertThat(of(message(ALICE, BOB, "m1", "hello")).repeats(first)).isTrue();
        assertThatThrownBy(() -> of(message(ALICE, BOB, "m1", "bye")).repeats(first))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        conflict -> assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void a_receipt_of_the_same_or_a_lower_rank_is_a_repetition() {
        EventFingerprint delivery = of(receipt(EventKind.DELIVERY));
        EventFingerprint display = of(receipt(EventKind.DISPLAY));

        assertThat(delivery.repeats(delivery)).isTrue();
        assertThat(delivery.repeats(display)).isTrue();
        assertThat(display.repeats(delivery)).isFalse();
    }

    @Test
    void a_signal_has_no_fingerprint() {
        ChatEvent typing = new ChatEvent.Signal(ALICE, BOB, null, 1);

        assertThatThrownBy(() -> of(typing))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
