package io.webchat.dynamo.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A part takes exactly the bytes of a part, and gives them back in their order. */
final class PartBufferTest {
    private final PartBuffer part = new PartBuffer();

    private static int size(PartBuffer part) {
        return part.content().stream().mapToInt(ByteBuffer::remaining).sum();
    }

    @Test
    void a_full_part_leaves_the_other_bytes_to_the_next_one() {
        ByteBuffer bytes = ByteBuffer.allocate(PartBuffer.BYTES + 3);
        part.take(bytes);

        assertThat(part.isFull()).isTrue();
        assertThat(bytes.remaining()).isEqualTo(3);
        assertThat(size(part)).isEqualTo(PartBuffer.BYTES);
        part.clear();
        part.take(bytes);
        assertThat(size(part)).isEqualTo(3);
        assertThat(part.isFull()).isFalse();
    }

    @Test
    void bytes_of_several_writes_keep_their_order() {
        byte next = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] more = new byte[97];
            for (int j = 0; j < more.length; j++) {
                more[j] = next++;
            }
            part.take(ByteBuffer.wrap(more));
        }
        byte expected = 0;
        for (ByteBuffer each : part.content()) {
            while (each.hasRemaining()) {
                assertThat(each.get()).isEqualTo(expected++);
            }
        }
        assertThat(size(part)).isEqualTo(3_000 * 97);
    }
}
