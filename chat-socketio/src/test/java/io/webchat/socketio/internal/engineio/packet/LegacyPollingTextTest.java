package io.webchat.socketio.internal.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text for polling clients of Socket.IO 1 and 2 keeps its meaning, and costs little more than ASCII does. */
class LegacyPollingTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyCharacterSurvives(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(50); i > 0; i--) {
                text.appendCodePoint(codePoint(random));
            }

            byte[] ascii = LegacyPollingText.asciiJson(JSON.writeValueAsBytes(text.toString()));

            assertThat(Utf8Check.isAscii(ascii)).isTrue();
            assertThat(JSON.readValue(ascii, String.class)).isEqualTo(text.toString());
        }
    }

    private static int codePoint(Random random) {
        int max = random.nextBoolean() ? 0x100 : Character.MAX_CODE_POINT + 1;
        int codePoint = random.nextInt(max);
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? 'x' : codePoint;
    }

    @Test
    void theEscapesAreThoseOfJson() {
        assertThat(ascii("\"\u00e9\ud55c\ud83d\ude00a\"")).isEqualTo("\"\\u00e9\\ud55c\\ud83d\\ude00a\"");
    }

    /** Memory stands for work here: the slow way made a formatter and several strings for each character. */
    @Test
    void G13_nonAsciiTextAllocatesLittleMoreThanItsSize() {
        byte[] hangul = "\ud55c".repeat(16_000).getBytes(StandardCharsets.UTF_8);
        LegacyPollingText.asciiJson(hangul);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        byte[] ascii = LegacyPollingText.asciiJson(hangul);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(ascii).hasSize(6 * 16_000);
        assertThat(allocated).isLessThan(4L * ascii.length);
    }

    private static String ascii(String json) {
        return new String(
                LegacyPollingText.asciiJson(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
    }
}
