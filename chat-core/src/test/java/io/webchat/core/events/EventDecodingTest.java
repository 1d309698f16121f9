package io.webchat.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding of events from clients, and the refusals. */
final class EventDecodingTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final MessageId ID = MessageId.of("m1");

    private static ChatEvent decode(String json) {
        return EventCodec.decodeFromClient(json.getBytes(StandardCharsets.UTF_8), ALICE, false);
    }

    private static ChatException refusal(String json) {
        try {
            ChatEvent event = decode(json);
            throw new AssertionError("was taken for " + event);
        } catch (ChatException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            return e;
        }
    }

    @Test
    void a_message_of_the_original_is_decoded() {
        String original = "{\"EvtType\":\"message\",\"From\":\"alice\",\"To\":\"bob\",\"MsgID\":\"m1\","
                + "\"Timestamp\":1590000000,\"Text\":\"hi\"}";

        assertThat(decode(original))
                .isEqualTo(ChatEvent.Message.from(ALICE)
                        .to(BOB)
                        .id(ID)
                        .timestamp(1_590_000_000)
                        .text("hi")
                        .build());
    }

    @Test
    void receipts_and_signals_are_decoded() {
        assertThat(decode("{\"EvtType\":\"delivery\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Timestamp\":5}"))
                .isEqualTo(new ChatEvent.Receipt(EventKind.DELIVERY, ALICE, BOB, null, ID, 5));
        assertThat(decode("{\"EvtType\":\"display\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Timestamp\":5,\"Room\":\"r\"}"))
                .isEqualTo(new ChatEvent.Receipt(EventKind.DISPLAY, ALICE, BOB, RoomId.of("r"), ID, 5));
        assertThat(decode("{\"EvtType\":\"typing\",\"To\":\"bob\",\"Timestamp\":5}"))
                .isEqualTo(new ChatEvent.Signal(ALICE, BOB, null, 5));
    }

    @Test
    void a_missing_From_is_the_sender_and_a_missing_Timestamp_is_now() {
        for (String from : new String[] {"", "\"From\":\"\",", "\"From\":null,"}) {
            ChatEvent.Message message = (ChatEvent.Message) decode(
                    "{" + from + "\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\"," + "\"Text\":\"hi\"}");
            assertThat(message.from()).isEqualTo(ALICE);
            assertThat(message.timestamp()).isCloseTo(System.currentTimeMillis() / 1000, within(60L));
        }
    }

    @Test
    void G12_the_From_of_another_user_is_kept_and_the_engine_refuses_it() {
        ChatEvent.Message forged = (ChatEvent.Message)
                decode("{\"EvtType\":\"message\",\"From\":\"bob\",\"To\":\"carol\",\"MsgID\":\"m1\",\"Text\":\"hi\"}");

        assertThat(forged.from()).isEqualTo(BOB);
    }

    @Test
    void a_message_to_a_room_needs_no_To() {
        String toRoom = "{\"EvtType\":\"message\",\"Room\":\"friends\",\"To\":\"\",\"MsgID\":\"m1\",\"Text\":\"hi\"}";

        assertThat(((ChatEvent.Message) decode(toRoom)).room()).isEqualTo(RoomId.of("friends"));
        assertThat(((ChatEvent.Message) decode(toRoom.replace("\"To\":\"\",", ""))).room())
                .isEqualTo(RoomId.of("friends"));
    }

    @Test
    void G12_server_fields_and_the_To_of_a_room_message_are_ignored() {
        String message = "{\"EvtType\":\"message\",\"Room\":\"friends\",\"To\":\"bob\",\"MsgID\":\"m1\","
                + "\"Text\":\"hi\",\"Timestamp\":5,\"LoggedAt\":7,\"StoredAt\":8,\"Seq\":9,\"FromDevice\":\"x\"}";

        assertThat(decode(message))
                .isEqualTo(ChatEvent.Message.from(ALICE)
                        .in(RoomId.of("friends"))
                        .id(ID)
                        .timestamp(5)
                        .text("hi")
                        .build());
        assertThat(decode("{\"EvtType\":\"typing\",\"Room\":\"friends\",\"To\":\"bob\",\"Timestamp\":5}"))
                .isEqualTo(new ChatEvent.Signal(ALICE, ALICE, RoomId.of("friends"), 5));
    }

    @Test
    void a_receipt_in_a_room_names_the_author() {
        assertThatThrownBy(() -> decode("{\"EvtType\":\"display\",\"Room\":\"friends\",\"MsgID\":\"m1\"}"))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("To");
    }

    @Test
    void unknown_fields_are_skipped_with_any_value() {
        assertThat(decode("{\"x\":{\"From\":\"mallory\",\"y\":[1,{\"To\":\"mallory\"},null]},\"EvtType\":\"typing\","
                        + "\"evttype\":\"message\",\"z\":-1.5e300,\"To\":\"bob\",\"Timestamp\":5,\"\":true}"))
                .isEqualTo(new ChatEvent.Signal(ALICE, BOB, null, 5));
    }

    @Test
    void fields_of_the_server_are_ignored() {
        assertThat(decode("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Timestamp\":5,\"Text\":\"hi\","
                        + "\"Seq\":99,\"StoredAt\":99,\"FromDevice\":\"phone\",\"LoggedAt\":99}"))
                .isEqualTo(ChatEvent.Message.from(ALICE)
                        .to(BOB)
                        .id(ID)
                        .timestamp(5)
                        .text("hi")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "gap", "replaced", "draining", "session"})
    void G12_a_client_cannot_send_events_of_the_server(String kind) {
        assertThat(refusal("{\"EvtType\":\"" + kind + "\",\"To\":\"bob\",\"Device\":\"default\",\"Generation\":9,"
                                + "\"Detail\":\"x\"}")
                        .detail())
                .contains("may only be sent by the server");
    }

    @Test
    void a_client_cannot_send_an_event_of_an_unknown_kind() {
        assertThat(refusal("{\"EvtType\":\"nonsense\",\"To\":\"bob\"}").detail())
                .isEqualTo("EvtType is unknown");
    }

    @Test
    void a_message_without_MsgID_is_refused_unless_ids_are_assigned() {
        String json = "{\"EvtType\":\"message\",\"To\":\"bob\",\"Text\":\"hi\"}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(json).detail()).contains("MsgID is missing");
        ChatEvent.Message one = (ChatEvent.Message) EventCodec.decodeFromClient(bytes, ALICE, true);
        ChatEvent.Message two = (ChatEvent.Message) EventCodec.decodeFromClient(bytes, ALICE, true);
        assertThat(one.id()).isNotEqualTo(two.id());
    }

    @Test
    void assigning_ids_changes_neither_given_ids_nor_receipts() {
        String message = "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"hi\"}";
        String receipt = "{\"EvtType\":\"delivery\",\"To\":\"bob\"}";

        ChatEvent.Message kept =
                (ChatEvent.Message) EventCodec.decodeFromClient(message.getBytes(StandardCharsets.UTF_8), ALICE, true);
        assertThat(kept.id()).isEqualTo(ID);
        assertThatThrownBy(() -> EventCodec.decodeFromClient(receipt.getBytes(StandardCharsets.UTF_8), ALICE, true))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void a_refusal_names_the_message_if_its_id_is_valid() {
        assertThat(refusal("{\"EvtType\":\"message\",\"MsgID\":\"m1\",\"Text\":\"no To\"}")
                        .messageId())
                .contains(ID);
        assertThat(refusal("{\"MsgID\":\"m1\"}").messageId()).contains(ID);
        assertThat(refusal("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"not an id\"}")
                        .messageId())
                .isEmpty();
        assertThat(refusal("{\"EvtType\":\"message\",\"To\":\"bob\"}").messageId())
                .isEmpty();
    }

    @Test
    void a_lone_surrogate_is_not_changed() {
        ChatEvent.Message half = (ChatEvent.Message)
                decode("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"half \\ud83d\"}");

        assertThat(half.text()).as("the engine refuses it").isEqualTo("half \ud83d");
    }

    @Test
    void emoji_and_Hangul_are_decoded_with_and_without_escapes() {
        String text = "안녕 👋";
        String escaped = "\\uc548\\ub155 \\ud83d\\udc4b";
        for (String each : new String[] {text, escaped}) {
            assertThat(decode("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"" + each + "\"}"))
                    .extracting(event -> ((ChatEvent.Message) event).text())
                    .isEqualTo(text);
        }
    }
}
