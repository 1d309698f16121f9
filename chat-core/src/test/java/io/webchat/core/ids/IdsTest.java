package io.webchat.core.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid and invalid ids. */
final class IdsTest {
    /** Texts that are not valid for any kind of id; they could end up in keys, paths, headers or logs. */
    private static final List<String> NEVER = List.of(
            "",
            " ",
            "a b",
            "a\n",
            "\na",
            "a\u0000",
            "a/b",
            "a\\b",
            "a\"b",
            "{a}",
            "a~b",
            "~a",
            "a#b",
            "a*b",
            "한글",
            "é",
            "👋",
            "\ud800",
            "a\u200b",
            "A".repeat(129));

    private static final Function<String, Object> USER = UserId::of;
    private static final Function<String, Object> DEVICE = DeviceId::of;
    private static final Function<String, Object> MESSAGE = MessageId::of;
    private static final Function<String, Object> ROOM = RoomId::of;

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of(
                        "user", USER, List.of("5551", "alice", "A", "a@b.c", "auth0|5f", "a:b=c-d_e", "Me", "mee")),
                Arguments.of("user", USER, List.of("a".repeat(128))),
                Arguments.of("device", DEVICE, List.of("default", "my.phone_1-a", "-", ".", "d".repeat(64))),
                Arguments.of(
                        "message",
                        MESSAGE,
                        List.of("0", "-", "_", "0b5d7e1c-8f2a-4d8e-9a53-0f4d2c6c2b1a", "m".repeat(64))),
                Arguments.of("room", ROOM, List.of("friends", "-", "_", "r".repeat(64))));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("user", USER, List.of(".a", "_a", "@a", "+1", "|a", "=a", "-a", ":a")),
                Arguments.of("device", DEVICE, List.of("d".repeat(65), "a@b", "a:b", "a+b")),
                Arguments.of("message", MESSAGE, List.of("m".repeat(65), "a.b", "a@b", "a:b", "a+b", "a=")),
                Arguments.of("room", ROOM, List.of("r".repeat(65), "a.b", "a@b", "a:b", "a+b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void a_valid_id_has_its_text(String kind, Function<String, Object> id, List<String> values) {
        assertThat(values).allSatisfy(value -> {
            assertThat(id.apply(value)).hasToString(value);
            assertThat(id.apply(value)).isEqualTo(id.apply(value));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void G13_an_invalid_id_is_refused(String kind, Function<String, Object> id, List<String> values) {
        assertThat(Stream.concat(values.stream(), NEVER.stream()))
                .allSatisfy(value -> assertThatThrownBy(() -> id.apply(value))
                        .isInstanceOfSatisfying(ChatException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                            assertThat(e.detail()).contains("must match");
                        }));
    }

    @Test
    void G12_the_name_of_the_caller_is_no_user_id() {
        assertThatThrownBy(() -> UserId.of("me"))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    static Stream<Arguments> patterns() {
        return Stream.of(
                Arguments.of("user", USER, "[A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}"),
                Arguments.of("device", DEVICE, "[A-Za-z0-9._-]{1,64}"),
                Arguments.of("message", MESSAGE, "[A-Za-z0-9_-]{1,64}"),
                Arguments.of("room", ROOM, "[A-Za-z0-9_-]{1,64}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void each_character_matches_the_pattern_at_both_positions(
            String kind, Function<String, Object> id, String pattern) {
        Pattern allowed = Pattern.compile(pattern);
        for (char each = 0; each < Character.MAX_VALUE; each++) {
            for (String value : List.of(String.valueOf(each), "a" + each)) {
                assertThat(isTaken(id, value))
                        .as(value)
                        .isEqualTo(allowed.matcher(value).matches());
            }
        }
    }

    private static boolean isTaken(Function<String, Object> id, String value) {
        try {
            return id.apply(value).toString().equals(value);
        } catch (ChatException refused) {
            return false;
        }
    }

    @Test
    void the_refusal_names_the_pattern() {
        assertThatThrownBy(() -> UserId.of("~")).hasMessageContaining("[A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}");
        assertThatThrownBy(() -> DeviceId.of("~")).hasMessageContaining("[A-Za-z0-9._-]{1,64}");
    }

    @Test
    void case_matters_and_user_ids_are_ordered_by_their_text() {
        assertThat(UserId.of("Alice")).isNotEqualTo(UserId.of("alice")).isLessThan(UserId.of("alice"));
        assertThat(UserId.of("10")).isLessThan(UserId.of("9"));
    }

    @Test
    void random_message_ids_differ_and_are_valid() {
        assertThat(Stream.generate(MessageId::random).limit(1000)).doesNotHaveDuplicates();
    }

    @Test
    void the_default_device_has_the_id_default() {
        assertThat(DeviceId.DEFAULT).isEqualTo(DeviceId.of("default"));
    }
}
