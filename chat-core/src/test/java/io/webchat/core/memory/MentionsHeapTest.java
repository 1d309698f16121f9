package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds of memory count the objects of each mention, not only the letters of its name. */
final class MentionsHeapTest {
    /** Measured: 67 bytes of heap for each mention of one letter. */
    private static final int HEAP = 67;

    @Test
    void fifty_mentions_count_at_least_their_heap_in_the_call_log_and_in_the_queue() {
        ChatEvent.Message plain = ChatEvent.message(UserId.of("alice"), UserId.of("bob"), "x");
        ChatEvent.Message mentioning = plain.withContent(plain.content().toBuilder()
                .mentions(
                        IntStream.range(0, 50).mapToObj(i -> UserId.of("u" + i)).toList())
                .build());

        assertThat(ByteBudget.sizeOf(mentioning) - ByteBudget.sizeOf(plain)).isGreaterThan(50 * HEAP);
        assertThat(EventSize.of(mentioning) - EventSize.of(plain)).isGreaterThan(50 * HEAP);
    }
}
