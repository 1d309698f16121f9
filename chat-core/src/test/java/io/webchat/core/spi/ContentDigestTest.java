package io.webchat.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.MessageId;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The digest is of the room and the text, and of nothing else. Nodes of different versions must agree on it. */
final class ContentDigestTest {
    private static ChatEvent.Message message(@Nullable String room, long timestamp, String text) {
        return new ChatEvent.Message(
                UserId.of("alice"),
                UserId.of("bob"),
                room == null ? null : RoomId.of(room),
                MessageId.random(),
                timestamp,
                text,
                null);
    }

    @Test
    void the_digest_is_the_first_128_bits_of_SHA_256_in_URL_safe_Base64() {
        // printf '\0hello' | sha256sum, and printf 'friends\0안녕' | sha256sum, cut to 16 bytes.
        assertThat(ContentDigest.of(message(null, 1, "hello"))).isEqualTo("iipcm3aIJ95alVLDigRMZg");
        assertThat(ContentDigest.of(message("friends", 1, "안녕"))).isEqualTo("_ceTLhA5BwKgeMNXH3Snsg");
    }

    @Test
    void neither_time_nor_id_nor_device_matters() {
        ChatEvent.Message message = message("r", 1, "hello");

        assertThat(ContentDigest.of(message("r", 2, "hello"))).isEqualTo(ContentDigest.of(message));
        assertThat(ContentDigest.of(message.copyFrom(DeviceId.DEFAULT))).isEqualTo(ContentDigest.of(message));
    }

    @Test
    void room_and_text_do_not_run_together() {
        Stream<ChatEvent.Message> all = Stream.of(
                message(null, 1, ""),
                message(null, 1, "rx"),
                message("r", 1, "x"),
                message("rx", 1, ""),
                message(null, 1, "r\u0000x"),
                message("r", 1, "X"));

        assertThat(all.map(ContentDigest::of)).doesNotHaveDuplicates().allMatch(each -> each.length() == 22);
    }
}
