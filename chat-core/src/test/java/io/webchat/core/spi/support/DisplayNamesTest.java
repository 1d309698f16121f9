package io.webchat.core.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that people see has something to see, on one line. */
final class DisplayNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ann",
                " Ann ",
                "한글",
                "O\u2019Neil",
                "\ud83d\udc4b",
                "\ud83d\udc69\u200d\ud83d\ude80",
                "a\u0301",
                "\u0646\u200c\u0645",
                "\ud83e\udee8",
                "7",
                "-",
                "\ue000"
            })
    void names_with_something_to_see_are_valid(String name) {
        assertThat(DisplayNames.isValid(name, 100)).isTrue();
        assertThatCode(() -> Profile.named(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0\u3000",
                "\u200b",
                "\u200d\u200d",
                "\u3164",
                "\u115f\u1160",
                "\uffa0",
                "\u2800",
                "\u2060",
                "\ufeff",
                "\u00ad",
                "\u034f",
                "\u0301",
                "\ufe0f",
                "\u2065",
                "\udb40\udc41",
                "\ud834\udd59"
            })
    void names_of_invisible_characters_are_refused(String name) {
        assertThat(DisplayNames.isValid(name, 100)).isFalse();
        assertThatThrownBy(() -> Profile.named(name)).isInstanceOf(ChatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\nb",
                "a\rb",
                "a\tb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\u001b[31m",
                "half \ud83d",
                "\udc4b"
            })
    void control_characters_line_breaks_and_halves_of_pairs_are_refused(String name) {
        assertThat(DisplayNames.isValid(name, 100)).isFalse();
    }

    @Test
    void lengths_count_code_points() {
        assertThat(DisplayNames.isValid("\ud83d\udc4b".repeat(100), 100)).isTrue();
        assertThat(DisplayNames.isValid("\ud83d\udc4b".repeat(101), 100)).isFalse();
        assertThat(DisplayNames.isValid("x".repeat(101), 100)).isFalse();
        assertThatCode(() -> new Profile("Ann", Map.of("status", "\ud83d\udc4b".repeat(8_192))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Profile("Ann", Map.of("a", "\ud83d\udc4b".repeat(8_000), "b", "x".repeat(193))))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("the attributes have 8193 characters together, the limit is 8192");
    }
}
