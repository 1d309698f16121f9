package io.webchat.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The length of a text is that of its UTF-8; half a surrogate pair has no length. */
final class Utf8Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "\u0000", "\u007f", "\u0080", "é", "\u07ff", "\u0800", "안녕", "\ud7ff", "\ue000", "\uffff"
            })
    void the_length_is_the_number_of_bytes_in_UTF_8(String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"👋", "\ud800\udc00", "\udbff\udfff", "a👋b👋", "👨‍👩‍👧"})
    void a_surrogate_pair_has_four_bytes(String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void G13_half_a_pair_is_found_at_every_position(int i) {
        String[] texts = {"\ud800", "\udc00", "a\ud83d", "\ud83da", "\udc4b\ud83d", "👋\ud83d", "\ud83d\ud83d\udc4b"};

        assertThat(Utf8.length(texts[i])).isEqualTo(-1);
    }

    @Test
    void any_text_has_the_length_of_its_UTF_8_or_no_length() {
        Random random = new Random(20_200_524);
        for (int i = 0; i < 20_000; i++) {
            String text = any(random);
            boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
            assertThat(Utf8.length(text)).isEqualTo(whole ? text.getBytes(StandardCharsets.UTF_8).length : -1);
        }
    }

    private static String any(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            int from = new int[] {0, 0x80, 0x800, 0xd800, 0xdc00, 0xe000}[random.nextInt(6)];
            text.append((char) (from + random.nextInt(0x80)));
        }
        return text.toString();
    }
}
