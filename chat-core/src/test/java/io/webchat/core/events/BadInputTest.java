package io.webchat.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are decoded to an event or refused with {@code bad_request}. */
final class BadInputTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final long SEED = 20_200_524;
    private static final int FUZZED = 15_000;

    private static final List<Consumer<byte[]>> DECODERS = List.of(
            EventCodec::decode,
            json -> EventCodec.decodeFromClient(json, ALICE, false),
            json -> EventCodec.decodeFromClient(json, ALICE, true));

    private static final String GOOD = "{\"EvtType\":\"message\",\"From\":\"alice\",\"To\":\"bob\",\"Room\":\"r\","
            + "\"MsgID\":\"m1\",\"Timestamp\":1590000000,\"Text\":\"안녕 👋\",\"Data\":{\"x\":[1,{\"y\":null}]},\"Seq\":7,"
            + "\"StoredAt\":8}";

    private static String with(String fields) {
        return "{\"EvtType\":\"message\",\"From\":\"alice\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"x\"," + fields
                + "}";
    }

    static Stream<String> notJson() {
        return Stream.of(
                "",
                " ",
                "\u0000",
                "null",
                "true",
                "7",
                "\"text\"",
                "[]",
                "[" + GOOD + "]",
                "{",
                "}",
                "{]",
                "{\"a\"}",
                "{'EvtType':'message'}",
                "{EvtType:\"message\"}",
                GOOD.substring(0, GOOD.length() - 1),
                GOOD + "x",
                GOOD + GOOD,
                GOOD + "]",
                GOOD + " null",
                "\"" + GOOD.replace("\"", "\\\"") + "\"",
                with("\"a\":NaN"),
                with("\"a\":01"),
                with("\"a\":\"\u0001\""),
                with("\"a\":\"\\x\""),
                with("\"a\":1,"),
                with(""),
                with("/* no */\"a\":1"));
    }

    static Stream<String> wrongTypes() {
        return Stream.of(
                        "\"EvtType\":7",
                        "\"EvtType\":null",
                        "\"EvtType\":\"\"",
                        "\"EvtType\":\"MESSAGE\"",
                        "\"EvtType\":\"non-sense\"",
                        "\"EvtType\":[\"message\"]",
                        "\"From\":7",
                        "\"From\":{}",
                        "\"From\":\"not an id\"",
                        "\"To\":7",
                        "\"To\":null",
                        "\"To\":\"\"",
                        "\"To\":\"not an id\"",
                        "\"Room\":7",
                        "\"Room\":\"not an id\"",
                        "\"MsgID\":7",
                        "\"MsgID\":null",
                        "\"MsgID\":\"\"",
                        "\"MsgID\":\"not an id\"",
                        "\"Text\":7",
                        "\"Text\":null",
                        "\"Text\":[\"x\"]",
                        "\"Timestamp\":\"7\"",
                        "\"Timestamp\":7.0",
                        "\"Timestamp\":1e3",
                        "\"Timestamp\":true",
                        "\"Timestamp\":{}",
                        "\"Timestamp\":9223372036854775808",
                        "\"Timestamp\":-9223372036854775809",
                        "\"Seq\":\"7\"",
                        "\"Seq\":1.5",
                        "\"StoredAt\":[]",
                        "\"FromDevice\":7",
                        "\"Generation\":\"x\"")
                .map(BadInputTest::with);
    }

    private static void assertRefused(Consumer<byte[]> decoder, byte[] json) {
        assertThatThrownBy(() -> decoder.accept(json))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    private static void assertRefused(String json) {
        DECODERS.subList(0, 2).forEach(each -> assertRefused(each, json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void G13_input_other_than_one_JSON_object_is_refused(String json) {
        assertRefused(json);
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void G13_a_field_of_the_wrong_type_or_form_is_refused(String json) {
        // A client may leave From out; an empty one means the same.
        assertRefused(json);
    }

    @Test
    void G13_deep_nesting_is_refused_in_known_and_unknown_fields() {
        for (int depth : List.of(64, 1_000, 100_000)) {
            assertRefused(with("\"a\":" + "[".repeat(depth) + "]".repeat(depth)));
            assertRefused(with("\"Text\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
            assertRefused("[".repeat(depth));
        }
    }

    @Test
    void G13_huge_numbers_are_refused() {
        for (int digits : List.of(21, 1_000, 300_000)) {
            assertRefused(with("\"Timestamp\":" + "9".repeat(digits)));
            assertRefused(with("\"Seq\":-" + "9".repeat(digits)));
        }
    }

    @Test
    void the_largest_numbers_are_decoded() {
        byte[] json = with("\"Timestamp\":-9223372036854775808,\"Seq\":9223372036854775807,\"StoredAt\":1")
                .getBytes(StandardCharsets.UTF_8);
        Envelope envelope = EventCodec.decode(json);

        assertThat(envelope.seq()).isEqualTo(Long.MAX_VALUE);
        assertThat(envelope.event().timestamp()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void G13_bytes_other_than_UTF_8_are_refused() {
        byte[] json = with("\"a\":1").getBytes(StandardCharsets.UTF_8);
        json[json.length - 2] = (byte) 0xff;
        DECODERS.forEach(each -> assertRefused(each, json));
    }

    @Test
    void G13_a_damaged_event_is_decoded_or_refused() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(SEED);
        int events = 0;
        for (int i = 0; i < FUZZED; i++) {
            events += decodesOrRefuses(damaged(good, random)) ? 1 : 0;
        }
        // If nearly all were refused, or none, the damage would have tested little.
        assertThat(events).isBetween(FUZZED / 100, FUZZED * 9 / 10);
    }

    @Test
    void G13_any_random_bytes_are_refused() {
        Random random = new Random(SEED);
        for (int i = 0; i < FUZZED; i++) {
            byte[] any = new byte[random.nextInt(40)];
            random.nextBytes(any);
            DECODERS.forEach(each -> assertRefused(each, any));
        }
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(10) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, cut);
    }

    private static boolean decodesOrRefuses(byte[] json) {
        boolean event = true;
        for (Consumer<byte[]> each : DECODERS) {
            try {
                each.accept(json);
            } catch (ChatException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                event = false;
            }
        }
        return event;
    }
}
