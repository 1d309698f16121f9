package io.webchat.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of event has exactly one JSON form, from which it is decoded again. Half a surrogate pair is escaped;
 * all other text is plain UTF-8.
 */
final class EventEncodingTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final RoomId ROOM = RoomId.of("friends");
    private static final MessageId ID = MessageId.of("m1");
    private static final long T = 1_590_000_000;
    private static final ChatEvent.Message DIRECT = ChatEvent.Message.from(ALICE)
            .to(BOB)
            .id(ID)
            .timestamp(T)
            .text("안녕 👋 \"q\"")
            .build();

    static Stream<Arguments> events() {
        return Stream.of(directMessages(), roomMessages(), amendments(), receipts(), signals(), notices(), nodeEvents())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> directMessages() {
        return Stream.of(
                Arguments.of(
                        Envelope.stored(
                                8, 9, DIRECT.deleted(new Deletion(7, ALICE)).copyTo(BOB, 5)),
                        """
                        {"EvtType":"message","From":"alice","To":"bob","MsgID":"m1","Timestamp":1590000000,\
                        "Text":"","DeletedAt":7,"DeletedBy":"alice","LoggedAt":5,"Seq":8,"StoredAt":9}\
                        """),
                Arguments.of(Envelope.stored(7, 1_590_000_000_123L, DIRECT), """
                    {"EvtType":"message","From":"alice","To":"bob","MsgID":"m1","Timestamp":1590000000,\
                    "Text":"안녕 👋 \\"q\\"","Seq":7,"StoredAt":1590000000123}\
                    """),
                Arguments.of(Envelope.stored(1, 2, DIRECT.copyFrom(DeviceId.of("phone"))), """
                    {"EvtType":"message","From":"alice","To":"bob","MsgID":"m1","Timestamp":1590000000,\
                    "Text":"안녕 👋 \\"q\\"","FromDevice":"phone","Seq":1,"StoredAt":2}\
                    """),
                Arguments.of(
                        Envelope.stored(
                                1,
                                2,
                                DIRECT.toBuilder()
                                        .type("shop.order")
                                        .text("")
                                        .data(Json.parse("{ \"n\" : 1.50 }"))
                                        .replyTo(new MessageRef(BOB, MessageId.of("m0")))
                                        .mentions(BOB, ALICE)
                                        .build()),
                        """
                        {"EvtType":"message","From":"alice","To":"bob","MsgID":"m1","Timestamp":1590000000,\
                        "Type":"shop.order","Text":"","Data":{ "n" : 1.50 },\
                        "ReplyTo":{"From":"bob","MsgID":"m0"},"Mentions":["bob","alice"],"Seq":1,"StoredAt":2}\
                        """));
    }

    private static Stream<Arguments> roomMessages() {
        return Stream.of(
                Arguments.of(
                        Envelope.stored(
                                (1L << 53) - 1,
                                2,
                                ChatEvent.Message.from(ALICE)
                                        .to(BOB)
                                        .in(ROOM)
                                        .id(ID)
                                        .timestamp(0)
                                        .text("x")
                                        .build()),
                        """
                        {"EvtType":"message","From":"alice","To":"bob","Room":"friends","MsgID":"m1","Timestamp":0,\
                        "Text":"x","Seq":9007199254740991,"StoredAt":2}\
                        """),
                Arguments.of(
                        Envelope.stored(
                                8,
                                9,
                                ChatEvent.Message.from(ALICE)
                                        .in(ROOM)
                                        .id(ID)
                                        .timestamp(0)
                                        .text("x")
                                        .build()
                                        .copyTo(BOB, 5)),
                        """
                        {"EvtType":"message","From":"alice","To":"bob","Room":"friends","MsgID":"m1","Timestamp":0,\
                        "Text":"x","LoggedAt":5,"Seq":8,"StoredAt":9}\
                        """));
    }

    private static Stream<Arguments> amendments() {
        return Stream.of(
                Arguments.of(
                        Envelope.stored(
                                8,
                                9,
                                amendment(DIRECT)
                                        .edit(MessageContent.builder()
                                                .text("x")
                                                .mentions(BOB)
                                                .build())
                                        .copyTo(BOB, 5)),
                        """
                        {"EvtType":"edit","From":"alice","To":"bob","MsgID":"a1","Timestamp":1590000000,\
                        "About":{"From":"alice","MsgID":"m1"},"Text":"x","Mentions":["bob"],\
                        "LoggedAt":5,"Seq":8,"StoredAt":9}\
                        """),
                Arguments.of(Envelope.stored(8, 9, amendment(DIRECT).delete().copyFrom(DeviceId.of("phone"))), """
                        {"EvtType":"delete","From":"alice","To":"bob","MsgID":"a1","Timestamp":1590000000,\
                        "About":{"From":"alice","MsgID":"m1"},"FromDevice":"phone","Seq":8,"StoredAt":9}\
                        """),
                Arguments.of(
                        Envelope.stored(8, 9, amendment(DIRECT).change(new Amendment.Delete(Amendment.Authority.HOST))),
                        """
                        {"EvtType":"delete","From":"alice","To":"bob","MsgID":"a1","Timestamp":1590000000,\
                        "About":{"From":"alice","MsgID":"m1"},"ByHost":true,"Seq":8,"StoredAt":9}\
                        """),
                Arguments.of(
                        Envelope.stored(
                                8, 9, amendment(DIRECT).in(ROOM).unreact("👍").copyTo(BOB, 5)),
                        """
                        {"EvtType":"react","From":"alice","To":"bob","Room":"friends","MsgID":"a1",\
                        "Timestamp":1590000000,"About":{"From":"alice","MsgID":"m1"},"Reaction":"👍",\
                        "Remove":true,"LoggedAt":5,"Seq":8,"StoredAt":9}\
                        """));
    }

    private static Stream<Arguments> receipts() {
        return Stream.of(
                Arguments.of(
                        Envelope.stored(3, 4, new ChatEvent.Receipt(EventKind.DELIVERY, BOB, ALICE, null, ID, T)), """
                        {"EvtType":"delivery","From":"bob","To":"alice","MsgID":"m1","Timestamp":1590000000,\
                        "Seq":3,"StoredAt":4}\
                        """),
                Arguments.of(
                        Envelope.stored(3, 4, new ChatEvent.Receipt(EventKind.DISPLAY, BOB, ALICE, ROOM, ID, T)), """
                        {"EvtType":"display","From":"bob","To":"alice","Room":"friends","MsgID":"m1",\
                        "Timestamp":1590000000,"Seq":3,"StoredAt":4}\
                        """));
    }

    private static AmendmentBuilder amendment(ChatEvent.Message message) {
        return Amendment.by(ALICE).of(message).id(MessageId.of("a1")).timestamp(T);
    }

    private static Stream<Arguments> signals() {
        return Stream.of(
                Arguments.of(Envelope.passing(new ChatEvent.Signal(ALICE, BOB, null, T)), """
                    {"EvtType":"typing","From":"alice","To":"bob","Timestamp":1590000000}\
                    """),
                Arguments.of(Envelope.passing(new ChatEvent.Signal(ALICE, BOB, ROOM, T)), """
                    {"EvtType":"typing","From":"alice","To":"bob","Room":"friends","Timestamp":1590000000}\
                    """),
                Arguments.of(
                        Envelope.passing(new ChatEvent.Signal(ALICE, BOB, ROOM, T, "cursor", Json.parse("{\"x\": 1}"))),
                        """
                        {"EvtType":"signal","From":"alice","To":"bob","Room":"friends","Timestamp":1590000000,\
                        "Type":"cursor","Data":{"x": 1}}\
                        """));
    }

    private static Stream<Arguments> notices() {
        return Stream.of(
                Arguments.of(Envelope.stored(9, 5, new Notice(EventKind.GAP, BOB, null, null, "gone", T)), """
                        {"EvtType":"gap","To":"bob","Timestamp":1590000000,"Detail":"gone","Seq":9,"StoredAt":5}\
                        """),
                Arguments.of(
                        Envelope.passing(
                                new Notice(EventKind.FAILED, ALICE, ID, ErrorCode.RATE_LIMITED, "too many", T)),
                        """
                        {"EvtType":"failed","To":"alice","MsgID":"m1","Timestamp":1590000000,\
                        "Code":"rate_limited","Detail":"too many"}\
                        """),
                Arguments.of(Envelope.passing(new Notice(EventKind.REPLACED, BOB, null, null, "bye", T)), """
                        {"EvtType":"replaced","To":"bob","Timestamp":1590000000,"Detail":"bye"}\
                        """),
                Arguments.of(Envelope.passing(new Notice(EventKind.DRAINING, BOB, null, null, "bye", T)), """
                        {"EvtType":"draining","To":"bob","Timestamp":1590000000,"Detail":"bye"}\
                        """),
                Arguments.of(Envelope.passing(new Notice(EventKind.EXPIRING, BOB, null, null, "soon", T)), """
                        {"EvtType":"expiring","To":"bob","Timestamp":1590000000,"Detail":"soon"}\
                        """),
                Arguments.of(
                        Envelope.passing(
                                new Notice(EventKind.DISCONNECTED, BOB, null, ErrorCode.UNAUTHORIZED, "banned", T)),
                        """
                        {"EvtType":"disconnected","To":"bob","Timestamp":1590000000,\
                        "Code":"unauthorized","Detail":"banned"}\
                        """));
    }

    private static Stream<Arguments> nodeEvents() {
        return Stream.of(
                Arguments.of(Envelope.passing(new NodeEvent.EndSessions(BOB, DeviceId.of("phone"), T)), """
                        {"EvtType":"end","To":"bob","Device":"phone","Timestamp":1590000000}\
                        """),
                Arguments.of(Envelope.stored(7, 1_590_000_000_123L, new NodeEvent.Erased(BOB)), """
                        {"EvtType":"erased","To":"bob","Timestamp":0,"Seq":7,"StoredAt":1590000000123}\
                        """),
                Arguments.of(Envelope.passing(new NodeEvent.EndSessions(BOB, null, T)), """
                        {"EvtType":"end","To":"bob","Timestamp":1590000000}\
                        """),
                Arguments.of(
                        Envelope.passing(new NodeEvent.SessionOpened(BOB, DeviceId.DEFAULT, Long.MAX_VALUE, T)), """
                        {"EvtType":"session","To":"bob","Device":"default","Generation":9223372036854775807,\
                        "Timestamp":1590000000}\
                        """));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_encoded_as_this_JSON_and_decoded_from_it(Envelope envelope, String json) {
        assertThat(new String(EventCodec.encode(envelope), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(EventCodec.decode(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(envelope);
    }

    @Test
    void every_kind_of_event_is_in_the_table() {
        assertThat(events().map(each -> ((Envelope) each.get()[0]).event().kind()))
                .contains(Stream.of(EventKind.values())
                        .filter(kind -> kind != EventKind.UNKNOWN)
                        .toArray(EventKind[]::new));
    }

    @Test
    void an_envelope_is_encoded_once() {
        Envelope envelope = Envelope.passing(ChatEvent.typing(ALICE, BOB));

        assertThat(envelope.json()).isEqualTo(EventCodec.encode(envelope)).isSameAs(envelope.json());
    }

    @Test
    void a_failure_becomes_a_notice_about_the_message() {
        ChatException failure =
                ChatException.rateLimited("too many", Duration.ofSeconds(1)).about(ID);
        Notice notice = Notice.failed(ALICE, failure);

        assertThat(new String(Envelope.passing(notice).json(), StandardCharsets.UTF_8))
                .startsWith("{\"EvtType\":\"failed\",\"To\":\"alice\",\"MsgID\":\"m1\",\"Timestamp\":")
                .endsWith(",\"Code\":\"rate_limited\",\"Detail\":\"too many\"}");
    }

    @Test
    void half_a_surrogate_pair_is_written_as_an_escape_so_that_the_bytes_stay_UTF_8() {
        Envelope half = Envelope.passing(ChatEvent.message(ALICE, BOB, "half \ud83d"));

        assertThat(new String(half.json(), StandardCharsets.US_ASCII)).contains("\"half \\uD83D\"");
        assertThat(EventCodec.decode(half.json())).isEqualTo(half);
    }

    @Test
    void a_Seq_below_1_is_refused() {
        assertThatThrownBy(() -> Envelope.stored(0, 1, ChatEvent.typing(ALICE, BOB)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void G16_clients_do_not_get_the_digest_of_a_text_that_a_policy_replaced() {
        ChatEvent.Message replaced = ChatEvent.Message.from(ALICE)
                .to(BOB)
                .id(ID)
                .timestamp(T)
                .text("polite")
                .build()
                .withSentDigest("iipcm3aIJ95alVLDigRMZg");
        Envelope envelope = Envelope.stored(7, 8, replaced);
        Envelope decoded = EventCodec.decode(EventCodec.encode(envelope));

        assertThat(decoded).isEqualTo(envelope);
        assertThat(decoded.json()).isEqualTo(envelope.json());
        assertThat(new String(decoded.json(), StandardCharsets.UTF_8))
                .contains("polite", "\"Seq\":7")
                .doesNotContain("Digest", "iipcm3aIJ95alVLDigRMZg");
    }

    @Test
    void the_time_in_the_call_log_is_the_last_field_by_which_a_restored_list_is_sorted() {
        ChatEvent.Message copy =
                ChatEvent.roomMessage(ALICE, ROOM, "polite").withSentDigest("x").copyTo(BOB, 5);

        assertThat(new String(EventCodec.encode(Envelope.passing(copy)), StandardCharsets.UTF_8))
                .endsWith(",\"SentDigest\":\"x\",\"LoggedAt\":5}");
    }

    @Test
    void G18_an_event_of_an_unknown_kind_keeps_the_bytes_of_the_newer_node() {
        byte[] invented = ("{\"EvtType\":\"invented\",\"From\":\"alice\",\"To\":\"bob\",\"Timestamp\":5,\"Soul\":[1],"
                        + "\"Seq\":7,\"StoredAt\":8}")
                .getBytes(StandardCharsets.UTF_8);
        Envelope decoded = EventCodec.decode(invented);

        assertThat(decoded.event()).isEqualTo(new NodeEvent.Unknown(BOB, "invented", 5));
        assertThat(decoded.seq()).isEqualTo(7);
        assertThat(decoded.json()).isEqualTo(invented);
        assertThatThrownBy(() -> EventCodec.encode(decoded)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_bytes_of_another_node_are_passed_on_unchanged() {
        byte[] fromANewerNode = ("{\"EvtType\":\"message\",\"From\":\"alice\",\"To\":\"bob\",\"MsgID\":\"m1\","
                        + "\"Timestamp\":5,\"Text\":\"hi\",\"Mood\":\"new\",\"Seq\":7,\"StoredAt\":8}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(EventCodec.decode(fromANewerNode).json()).isEqualTo(fromANewerNode);
    }
}
