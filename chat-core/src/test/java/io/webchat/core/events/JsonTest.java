package io.webchat.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's JSON object is checked, bounded in depth, and kept byte by byte. */
final class JsonTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an object with so many levels. */
    private static String levels(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"b\" : 1.0e+2,\n\t\"a\":[ 1 , -0.0, 12345678901234567890123456789012 ] }",
                "{\"same\":{\"same\":1},\"other\":{\"same\":2}}",
                "{\"안녕\":\"\\uc548\\ub155 \\ud83d\\/ 👋\"}",
                "{\"}\":\"{[\\\"\\\\\"}",
                "{\"t\":true,\"f\":false,\"n\":null}"
            })
    void G18_an_object_is_kept_byte_by_byte(String text) {
        Json json = Json.parse(text);

        assertThat(json).hasToString(text).isEqualTo(Json.parse("Data", utf8(text)));
        assertThat(json.toBytes()).isEqualTo(utf8(text));
        assertThat(json.size()).isEqualTo(utf8(text).length);
        assertThat(Json.parse(" \n" + text + "\r ")).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"{}\"",
                "1",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{} {}",
                "{}x",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\n\"}",
                "{\"a\":1]",
                "{/**/}",
                "{\"twice\":1,\"twice\":2}",
                "{\"a\":[{\"twice\":1,\"twice\":2}]}",
                "{\"a\":12345678901234567890123456789012345678901234567890}"
            })
    void G13_anything_but_one_JSON_object_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse("Data", text))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST))
                .hasMessageContaining("Data");
    }

    @Test
    void G18_sixteen_levels_are_kept_and_one_more_is_refused() {
        assertThat(Json.parse(levels(16))).hasToString(levels(16));
        for (String deep : new String[] {levels(17), levels(16).replace("{}", "{\"a\":[]}"), levels(1_000)}) {
            assertThatThrownBy(() -> Json.parse("Data", deep))
                    .isInstanceOf(ChatException.class)
                    .hasMessageContaining("Data has more than 16 levels");
        }
    }

    @Test
    void G13_bytes_that_are_not_UTF_8_are_refused() {
        byte[] broken = utf8("{\"a\":\"?\"}");
        broken[6] = (byte) 0xff;
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'};
        byte[][] all = {broken, surrogate, "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)};

        for (byte[] each : all) {
            assertThatThrownBy(() -> Json.parse("Data", each))
                    .isInstanceOf(ChatException.class)
                    .hasMessageContaining("Data");
        }
        assertThatThrownBy(() -> Json.parse("{\"a\":\"half \ud83d\"}"))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("half a surrogate pair");
    }

    @Test
    void G18_a_member_of_another_object_is_kept_byte_by_byte() {
        byte[] outer = utf8("{\"안\":[{\"data\":1}], \"data\" : { \"x\" : 1.50 } , \"last\":true}");

        assertThat(Json.member("data", outer)).map(Json::toString).contains("{ \"x\" : 1.50 }");
        assertThat(Json.member("none", outer)).isEmpty();
        assertThat(Json.member("data", utf8("{\"data\":null}"))).isEmpty();
        assertThatThrownBy(() -> Json.member("last", outer))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("last must be a JSON object");
    }

    @Test
    void the_bytes_of_a_caller_are_copied() {
        byte[] mine = utf8("{\"a\":1}");
        Json json = Json.parse("Data", mine);
        mine[5] = '2';
        json.toBytes()[5] = '3';

        assertThat(json).hasToString("{\"a\":1}");
    }
}
