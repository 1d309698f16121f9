package io.webchat.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may say, and how it is told what it may not. */
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
    void the_originals_message_is_read() {
        String original = "{\"EvtType\":\"message\",\"From\":\"alice\",\"To\":\"bob\",\"MsgID\":\"m1\","
                + "\"Timestamp\":1590000000,\"Text\":\"hi\"}";

        assertThat(decode(original)).isEqualTo(new ChatEvent.Message(ALICE, BOB, null, ID, 1_590_000_000, "hi", null));
    }

    @Test
    void receipts_and_signals_are_read() {
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
    void G12_a_foreign_From_is_kept_for_the_engine_to_refuse() {
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
    void G12_what_only_the_server_says_and_whom_a_message_to_a_room_names_are_ignored() {
        String message = "{\"EvtType\":\"message\",\"Room\":\"friends\",\"To\":\"bob\",\"MsgID\":\"m1\","
                + "\"Text\":\"hi\",\"Timestamp\":5,\"LoggedAt\":7,\"StoredAt\":8,\"Seq\":9,\"FromDevice\":\"x\"}";

        assertThat(decode(message))
                .isEqualTo(new ChatEvent.Message(ALICE, ALICE, RoomId.of("friends"), ID, 5, "hi", null));
        assertThat(decode("{\"EvtType\":\"typing\",\"Room\":\"friends\",\"To\":\"bob\",\"Timestamp\":5}"))
                .isEqualTo(new ChatEvent.Signal(ALICE, ALICE, RoomId.of("friends"), 5));
    }

    @Test
    void a_receipt_names_the_author_in_a_room_too() {
        assertThatThrownBy(() -> decode("{\"EvtType\":\"display\",\"Room\":\"friends\",\"MsgID\":\"m1\"}"))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("To");
    }

    @Test
    void unknown_fields_are_skipped_whatever_they_hold() {
        assertThat(decode("{\"x\":{\"From\":\"mallory\",\"y\":[1,{\"To\":\"mallory\"},null]},\"EvtType\":\"typing\","
                        + "\"evttype\":\"message\",\"z\":-1.5e300,\"To\":\"bob\",\"Timestamp\":5,\"\":true}"))
                .isEqualTo(new ChatEvent.Signal(ALICE, BOB, null, 5));
    }

    @Test
    void what_only_the_server_says_is_ignored() {
        assertThat(decode("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Timestamp\":5,\"Text\":\"hi\","
                        + "\"Seq\":99,\"StoredAt\":99,\"FromDevice\":\"phone\",\"Code\":\"conflict\"}"))
                .isEqualTo(new ChatEvent.Message(ALICE, BOB, null, ID, 5, "hi", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "gap", "replaced", "draining", "session"})
    void G12_a_client_cannot_speak_for_the_server(String kind) {
        assertThat(refusal("{\"EvtType\":\"" + kind + "\",\"To\":\"bob\",\"Device\":\"default\",\"Generation\":9,"
                                + "\"Detail\":\"x\"}")
                        .detail())
                .contains("may only be sent by the server");
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
    void assigning_ids_touches_neither_given_ids_nor_receipts() {
        String message = "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"hi\"}";
        String receipt = "{\"EvtType\":\"delivery\",\"To\":\"bob\"}";

        ChatEvent.Message kept =
                (ChatEvent.Message) EventCodec.decodeFromClient(message.getBytes(StandardCharsets.UTF_8), ALICE, true);
        assertThat(kept.id()).isEqualTo(ID);
        assertThatThrownBy(() -> EventCodec.decodeFromClient(receipt.getBytes(StandardCharsets.UTF_8), ALICE, true))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void a_refusal_names_the_message_where_its_id_could_be_read() {
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
    void a_lone_surrogate_is_not_changed_into_something_else() {
        ChatEvent.Message half = (ChatEvent.Message)
                decode("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"half \\ud83d\"}");

        assertThat(half.text()).as("the engine refuses it").isEqualTo("half \ud83d");
    }

    @Test
    void emoji_and_Hangul_are_read_escaped_or_not() {
        String text = "안녕 👋";
        String escaped = "\\uc548\\ub155 \\ud83d\\udc4b";
        for (String each : new String[] {text, escaped}) {
            assertThat(decode("{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"" + each + "\"}"))
                    .extracting("text")
                    .isEqualTo(text);
        }
    }
}
