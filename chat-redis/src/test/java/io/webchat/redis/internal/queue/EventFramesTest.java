package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.Json;
import io.webchat.core.ids.UserId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of published events are read in the present form and in that of older nodes. */
final class EventFramesTest {
    private static final ChatEvent.Message PLAIN = ChatEvent.message(UserId.of("alice"), UserId.of("bob"), "hello");

    private static byte[] frame(int form, char separator, ChatEvent... events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(form);
        out.writeBytes(EventFrames.number(5));
        out.writeBytes("a:b:7".getBytes(StandardCharsets.US_ASCII));
        for (ChatEvent each : events) {
            out.write(separator);
            out.writeBytes(EventFrames.stored(1_700_000_000_000L, EventFrames.open(each)));
        }
        return out.toByteArray();
    }

    private static Envelope stored(long seq, ChatEvent event) {
        return Envelope.stored(7, seq, 1_700_000_000_000L, event);
    }

    @Test
    void frames_of_older_nodes_are_divided_at_line_feeds() {
        assertThat(EventFrames.parsed(frame(2, '\n', PLAIN, PLAIN)))
                .containsExactly(stored(5, PLAIN), stored(6, PLAIN));
    }

    @Test
    void G18_a_line_feed_in_data_divides_no_frame() {
        ChatEvent.Message lines = PLAIN.withContent(
                PLAIN.content().toBuilder().data(Json.parse("{\n\"a\":\n1}")).build());

        assertThat(EventFrames.parsed(frame(3, '\u001e', lines, PLAIN)))
                .containsExactly(stored(5, lines), stored(6, PLAIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_frame_that_is_cut_off_is_refused(int form) {
        byte[] cut = {(byte) form, 0, 0, 0, 0, 0, 0, 5};

        assertThatThrownBy(() -> EventFrames.parsed(cut))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("cut off");
    }
}
