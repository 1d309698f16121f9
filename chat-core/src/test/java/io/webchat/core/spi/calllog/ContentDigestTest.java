package io.webchat.core.spi.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The digest depends only on the room and the content. Nodes of different versions must compute the same one. */
final class ContentDigestTest {
    private static final AttachmentRef FILE = AttachmentRef.of(AttachmentId.of("a"));

    private static ChatEvent.Message message(@Nullable String room, long timestamp, String text) {
        return ChatEvent.Message.from(UserId.of("alice"))
                .to(UserId.of("bob"))
                .in(room == null ? null : RoomId.of(room))
                .timestamp(timestamp)
                .text(text)
                .build();
    }

    @Test
    void the_digest_is_the_first_128_bits_of_SHA_256_in_URL_safe_Base64() {
        // printf '\0hello' | sha256sum, and printf 'friends\0안녕' | sha256sum, cut to 16 bytes.
        assertThat(ContentDigest.of(message(null, 1, "hello"))).isEqualTo("iipcm3aIJ95alVLDigRMZg");
        assertThat(ContentDigest.of(message("friends", 1, "안녕"))).isEqualTo("_ceTLhA5BwKgeMNXH3Snsg");
    }

    @Test
    void time_id_and_device_do_not_change_the_digest() {
        ChatEvent.Message message = message("r", 1, "hello");

        assertThat(ContentDigest.of(message("r", 2, "hello"))).isEqualTo(ContentDigest.of(message));
        assertThat(ContentDigest.of(message.copyFrom(DeviceId.DEFAULT))).isEqualTo(ContentDigest.of(message));
    }

    @Test
    void every_part_of_the_content_changes_the_digest() {
        ChatEvent.Message plain = message(null, 1, "x");
        MessageRef one = new MessageRef(UserId.of("bob"), MessageId.of("m1"));
        Stream<ChatEvent.Message> all = Stream.of(
                plain,
                plain.toBuilder().type("t").build(),
                plain.toBuilder().type("t").data(Json.parse("{}")).build(),
                plain.toBuilder().data(Json.parse("{}")).build(),
                plain.toBuilder().data(Json.parse("{ }")).build(),
                plain.toBuilder().replyTo(one).build(),
                plain.toBuilder()
                        .replyTo(new MessageRef(UserId.of("bob"), MessageId.of("m2")))
                        .build(),
                plain.toBuilder().mentions(UserId.of("bob")).build(),
                plain.toBuilder().mentions(UserId.of("bo"), UserId.of("b")).build(),
                plain.toBuilder().mentions(UserId.of("b"), UserId.of("bo")).build(),
                plain.toBuilder().attachments(FILE).build(),
                plain.toBuilder().attachments(FILE.withPixels(1, 2)).build(),
                plain.toBuilder().attachments(FILE.withPixels(2, 1)).build(),
                plain.toBuilder()
                        .attachments(FILE, AttachmentRef.of(AttachmentId.of("b")))
                        .build());

        assertThat(all.map(ContentDigest::of)).doesNotHaveDuplicates().allMatch(each -> each.length() == 22);
    }

    @Test
    void the_servers_part_of_a_file_does_not_change_the_digest() {
        ChatEvent.Message sent =
                message(null, 1, "x").toBuilder().attachments(FILE).build();

        assertThat(ContentDigest.of(sent.toBuilder()
                        .attachments(FILE.withFile("x.png", "image/png", 7))
                        .build()))
                .isEqualTo(ContentDigest.of(sent));
    }

    @Test
    void different_pairs_of_room_and_text_have_different_digests() {
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
