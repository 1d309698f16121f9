package io.webchat.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of a client's message is decoded as sent, or refused by the name of its field. */
final class ContentDecodingTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static ChatEvent.Message decode(String fields) {
        String json = "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\"," + fields + "}";
        return (ChatEvent.Message) EventCodec.decodeFromClient(json.getBytes(StandardCharsets.UTF_8), ALICE, false);
    }

    private static ChatException refusal(String fields) {
        try {
            throw new AssertionError("was taken for " + decode(fields));
        } catch (ChatException e) {
            assertThat(e.messageId()).contains(MessageId.of("m1"));
            return e;
        }
    }

    private static String mentions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"u" + i + "\"")
                .collect(Collectors.joining(",", "\"Text\":\"x\",\"Mentions\":[", "]"));
    }

    @Test
    void G18_every_field_of_the_content_is_decoded_as_it_was_sent() {
        ChatEvent.Message message = decode("\"Type\":\"shop.order\",\"Data\":{ \"n\" : 1.50,\n\"t\":\"\\u00e9\" },"
                + "\"ReplyTo\":{\"From\":\"bob\",\"MsgID\":\"m0\"},\"Mentions\":[\"bob\",\"alice\"],\"Text\":\"hi\"");

        assertThat(message.content())
                .isEqualTo(MessageContent.builder()
                        .type("shop.order")
                        .text("hi")
                        .data(Json.parse("{ \"n\" : 1.50,\n\"t\":\"\\u00e9\" }"))
                        .replyTo(new MessageRef(BOB, MessageId.of("m0")))
                        .mentions(BOB, ALICE)
                        .build());
    }

    private static String attachments(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"f" + i + "\"}")
                .collect(Collectors.joining(",", "\"Attachments\":[", "]"));
    }

    @Test
    void G18_files_are_decoded_as_they_were_sent_and_need_no_text() {
        MessageContent content = decode("\"Attachments\":[{\"id\":\"a\",\"name\":\"x.png\",\"type\":\"image/png\","
                        + "\"bytes\":7,\"width\":1,\"height\":100000},{\"id\":\"b\",\"name\":null}]")
                .content();

        assertThat(content.text()).isEmpty();
        assertThat(content.attachments())
                .containsExactly(
                        new AttachmentRef(AttachmentId.of("a"), "x.png", "image/png", 7, 1, 100_000),
                        AttachmentRef.of(AttachmentId.of("b")));
        assertThat(decode("\"Text\":\"x\",\"Attachments\":null").content()).isEqualTo(MessageContent.text("x"));
        assertThat(decode("\"Text\":\"x\",\"Attachments\":[]").content()).isEqualTo(MessageContent.text("x"));
    }

    @Test
    void G18_ten_files_are_taken_and_one_more_is_refused() {
        assertThat(decode(attachments(10)).content().attachments()).hasSize(10);

        assertThat(refusal(attachments(11)).code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(refusal(attachments(11)).detail()).isEqualTo("Attachments has more than 10 files, its limit");
    }

    @Test
    void a_plain_text_is_the_same_with_and_without_its_type_and_empty_fields() {
        MessageContent plain = MessageContent.text("hi");

        assertThat(decode("\"Text\":\"hi\",\"Type\":\"text\"").content()).isEqualTo(plain);
        assertThat(decode("\"Type\":null,\"Data\":null,\"ReplyTo\":null,\"Mentions\":null,\"Text\":\"hi\"")
                        .content())
                .isEqualTo(plain);
        assertThat(decode("\"Mentions\":[],\"Text\":\"hi\"").content()).isEqualTo(plain);
        assertThat(plain.isPlainText()).isTrue();
    }

    @Test
    void a_text_may_be_absent_beside_data_or_another_type() {
        assertThat(decode("\"Data\":{}").text()).isEmpty();
        assertThat(decode("\"Type\":\"wave\"").text()).isEmpty();
        assertThat(refusal("\"Type\":\"text\"").detail()).isEqualTo("Text is missing");
        assertThat(refusal("\"Mentions\":[\"bob\"]").detail()).isEqualTo("Text is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"Mood\":\"new\"; unknown field Mood",
                "\"text\":\"x\"; unknown field text",
                "\"Mood\":{\"Text\":[1]}; unknown field Mood",
                "\"\":1; unknown field ",
                "\"SentDigest\":\"x\"; unknown field SentDigest",
                "\"Generation\":1; unknown field Generation",
                "\"Device\":\"phone\"; unknown field Device",
                "\"Code\":\"c\"; unknown field Code",
                "\"Detail\":\"secret\"; unknown field Detail",
                "\"Text\":\"again\"; Text is given twice",
                "\"Data\":{\"a\":1},\"Data\":null; Data is given twice",
                "\"Data\":{\"a\":{\"n\":1,\"m\":0,\"n\":2}}; Data has the name n twice in one object",
                "\"Data\":{\"a\":[{\"n\":1,\"\\u006e\":2}]}; Data has the name n twice in one object",
                "\"ReplyTo\":{\"From\":\"bob\",\"MsgID\":\"m0\",\"MsgID\":\"m1\"}; ReplyTo.MsgID is given twice",
                "\"ReplyTo\":{\"From\":\"bob\",\"MsgID\":\"m0\",\"Room\":\"r\"}; unknown field ReplyTo.Room",
                "\"Attachments\":[{\"id\":\"a\",\"url\":{\"x\":[1]}}]; unknown field Attachments.url",
                "\"Attachments\":[{\"id\":\"a\",\"id\":\"b\"}]; Attachments.id is given twice",
                "\"Attachments\":[{\"id\":\"a\"},{\"id\":\"a\"}]; Attachments names a twice"
            })
    void G18_an_unknown_field_is_refused_by_name(String field, String detail) {
        ChatException refusal = refusal("\"Text\":\"hi\"," + field);

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.detail()).startsWith(detail);
    }

    @Test
    void an_unknown_name_is_cut_in_the_refusal() {
        assertThat(refusal("\"Text\":\"hi\",\"" + "x".repeat(300) + "\":1").detail())
                .isEqualTo("unknown field " + "x".repeat(64) + "…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"Type\":5; Type must be a string",
                "\"Type\":\"\"; Type must match [a-z0-9][a-z0-9._-]{0,63}",
                "\"Type\":\"Order\"; Type must match",
                "\"Type\":\".order\"; Type must match",
                "\"Attachments\":{}; Attachments must be a list of objects with id",
                "\"Attachments\":[\"a\"]; Attachments must be a list of objects with id",
                "\"Attachments\":[null]; Attachments must be a list of objects with id",
                "\"Attachments\":[{}]; Attachments.id is missing",
                "\"Attachments\":[{\"id\":null}]; Attachments.id is missing",
                "\"Attachments\":[{\"id\":5}]; Attachments.id must be a string",
                "\"Attachments\":[{\"id\":\"a/b\"}]; Attachments.id: attachment id must match",
                "\"Attachments\":[{\"id\":\"a\",\"width\":\"9\"}]; Attachments.width must be an integer",
                "\"Attachments\":[{\"id\":\"a\",\"width\":0}]; Attachments.width must be 1 to 100000",
                "\"Attachments\":[{\"id\":\"a\",\"height\":100001}]; Attachments.height must be 1 to 100000",
                "\"Attachments\":[{\"id\":\"a\",\"height\":-1}]; Attachments.height must be 1 to 100000",
                "\"Data\":\"{}\"; Data must be a JSON object",
                "\"Data\":[]; Data must be a JSON object",
                "\"Data\":1; Data must be a JSON object",
                "\"ReplyTo\":\"m0\"; ReplyTo must be an object with From and MsgID",
                "\"ReplyTo\":{}; ReplyTo.From is missing",
                "\"ReplyTo\":{\"From\":\"bob\"}; ReplyTo.MsgID is missing",
                "\"ReplyTo\":{\"From\":\"b b\",\"MsgID\":\"m0\"}; ReplyTo.From: ",
                "\"ReplyTo\":{\"From\":\"bob\",\"MsgID\":\"m 0\"}; ReplyTo.MsgID: ",
                "\"ReplyTo\":{\"From\":\"bob\",\"MsgID\":5}; ReplyTo.MsgID must be a string",
                "\"Mentions\":\"bob\"; Mentions must be a list of user ids",
                "\"Mentions\":[5]; Mentions must be a list of user ids",
                "\"Mentions\":[[\"bob\"]]; Mentions must be a list of user ids",
                "\"Mentions\":[\"b b\"]; Mentions: "
            })
    void G13_a_field_of_a_wrong_form_is_refused_by_name(String field, String detail) {
        ChatException refusal = refusal("\"Text\":\"hi\"," + field);

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.detail()).startsWith(detail);
    }

    @Test
    void G18_a_type_of_64_characters_is_kept_and_one_more_is_refused() {
        String longest = "a".repeat(64);

        assertThat(decode("\"Type\":\"" + longest + "\"").content().type()).isEqualTo(longest);
        assertThat(refusal("\"Type\":\"" + longest + "b\"").detail()).contains("Type", "63");
    }

    @Test
    void G18_fifty_mentions_are_kept_and_one_more_is_refused() {
        assertThat(decode(mentions(50)).content().mentions()).hasSize(50);

        ChatException refusal = refusal(mentions(51));
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(refusal.detail()).isEqualTo("Mentions has more than 50 users, its limit");
        assertThatThrownBy(() -> MessageContent.builder()
                        .mentions(IntStream.range(0, 51)
                                .mapToObj(i -> UserId.of("u" + i))
                                .toList()))
                .isInstanceOf(ChatException.class)
                .hasMessage(refusal.detail());
    }

    @Test
    void G18_data_of_16_levels_are_kept_and_one_more_is_refused() {
        String deepest = "{\"a\":".repeat(15) + "{}" + "}".repeat(15);

        assertThat(decode("\"Data\":" + deepest).content().data()).hasToString(deepest);
        assertThat(refusal("\"Data\":{\"a\":" + deepest + "}").detail()).contains("Data", "16 levels");
    }

    @Test
    void G18_numbers_and_names_at_their_limits_are_kept_and_longer_ones_are_refused_by_name() {
        for (String kept : new String[] {"9".repeat(32), "-0." + "9".repeat(31), "1e" + "0".repeat(31)}) {
            assertThat(decode("\"Data\":{\"a\":" + kept + "}").content().data()).hasToString("{\"a\":" + kept + "}");
            assertThat(refusal("\"Data\":{\"a\":" + kept + "0}").detail())
                    .isEqualTo("Data has a number of 33 digits, the limit is 32");
        }
        String name = "n".repeat(1024);
        assertThat(decode("\"Data\":{\"" + name + "\":1}").content().data()).isNotNull();
        assertThat(refusal("\"Data\":{\"" + name + "n\":1}").detail())
                .isEqualTo("Data has a name of 1025 characters, the limit is 1024");
    }

    @Test
    void the_same_name_may_occur_in_several_objects_of_data() {
        String data = "{\"n\":{\"n\":[{\"n\":1},{\"n\":2}]},\"m\":{\"n\":3}}";

        assertThat(decode("\"Data\":" + data).content().data()).hasToString(data);
    }

    @Test
    void a_user_who_is_mentioned_twice_counts_once() {
        assertThat(decode("\"Text\":\"x\",\"Mentions\":[\"bob\",\"alice\",\"bob\"]")
                        .content()
                        .mentions())
                .containsExactly(BOB, ALICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Data\":\"x\"",
                "\"Data\":[[1],{\"a\":[2]}]",
                "\"Data\":{\"a\":{\"b\":1,\"b\":[2]},\"c\":{}}",
                "\"Type\":1",
                "\"Type\":{\"a\":1}",
                "\"Mentions\":[1,[2]]",
                "\"ReplyTo\":{\"From\":{\"a\":[]},\"MsgID\":\"m\"}",
                "\"About\":1",
                "\"Remove\":[{\"a\":1}]",
                "\"Mood\":1,\"Mood\":2"
            })
    void receipts_and_typing_may_have_fields_of_a_content_in_any_form(String field) {
        for (String kind : new String[] {"delivery", "display", "typing"}) {
            String json = "{\"EvtType\":\"" + kind + "\"," + field + ",\"To\":\"bob\",\"MsgID\":\"m1\"}";

            ChatEvent event = EventCodec.decodeFromClient(json.getBytes(StandardCharsets.UTF_8), ALICE, false);

            assertThat(event.kind().wire()).isEqualTo(kind);
            assertThat(event.to()).isEqualTo(BOB);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"EvtType\":\"delivery\",\"MsgID\":\"m1\"", "\"EvtType\":\"typing\""})
    void receipts_and_signals_may_have_unknown_fields(String fields) {
        String json = "{\"Mood\":{\"a\":[1]},\"To\":\"bob\"," + fields + "}";

        assertThat(EventCodec.decodeFromClient(json.getBytes(StandardCharsets.UTF_8), ALICE, false)
                        .to())
                .isEqualTo(BOB);
    }

    @Test
    void a_signal_has_a_type_and_may_have_data() {
        String json = "{\"EvtType\":\"signal\",\"To\":\"bob\",\"Timestamp\":5,\"Type\":\"cursor\",\"Data\":{\"x\" :1}}";
        byte[] untyped = json.replace("\"Type\":\"cursor\",", "").getBytes(StandardCharsets.UTF_8);

        assertThat(EventCodec.decodeFromClient(json.getBytes(StandardCharsets.UTF_8), ALICE, false))
                .isEqualTo(new ChatEvent.Signal(ALICE, BOB, null, 5, "cursor", Json.parse("{\"x\" :1}")));
        assertThatThrownBy(() -> EventCodec.decodeFromClient(untyped, ALICE, false))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("Type is missing");
    }
}
