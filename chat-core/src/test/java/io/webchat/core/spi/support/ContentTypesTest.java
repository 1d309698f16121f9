package io.webchat.core.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The type of a file follows from its first bytes. */
final class ContentTypesTest {
    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000, image/png",
        "ffd8ffe000104a464946, image/jpeg",
        "474946383761, image/gif",
        "474946383961, image/gif",
        "524946460000000057454250, image/webp",
        "524946460000000057415645, audio/wav",
        "524946460000000041564920, application/octet-stream",
        "255044462d312e37, application/pdf",
        "00000018667479706d703432, video/mp4",
        "000000186674797071742020, video/quicktime",
        "00000018667479704d344120, audio/mp4",
        "000000186674797068656963, image/heic",
        "000000186674797061766966, image/avif",
        "1a45dfa39f4282847765626d, video/webm",
        "1a45dfa39f42828400000000, video/x-matroska",
        "4f67675300, audio/ogg",
        "664c614300, audio/flac",
        "49443303, audio/mpeg",
        "fffb9000, audio/mpeg",
        "504b030414, application/zip",
        "1f8b0800, application/gzip",
        "00010203, application/octet-stream",
        "ff, application/octet-stream",
        "89504e470d0a1a, application/octet-stream"
    })
    void a_signature_tells_the_type(String head, String type) {
        assertThat(ContentTypes.of(HexFormat.of().parseHex(head))).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<!DOCTYPE html><script>alert(1)</script>", "<svg onload=''/>", "안녕\t👋\r\n"})
    void text_is_plain_text_whatever_it_says(String text) {
        assertThat(ContentTypes.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("text/plain");
    }

    @Test
    void a_character_that_the_head_cuts_off_is_still_text() {
        byte[] text = ("x".repeat(ContentTypes.HEAD_BYTES - 1) + "é").getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(text, ContentTypes.HEAD_BYTES);

        assertThat(ContentTypes.of(head)).isEqualTo("text/plain");
        assertThat(ContentTypes.of(Arrays.copyOf(head, 100))).isEqualTo("text/plain");
        assertThat(ContentTypes.of(new byte[] {'x', (byte) 0xc3})).isEqualTo("application/octet-stream");
    }
}
