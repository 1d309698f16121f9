package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatObserver;
import io.webchat.core.DeviceId;
import io.webchat.core.MessageId;
import io.webchat.core.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.Attachment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The cursor of one device in a queue in memory. */
final class DeviceCursorTest {
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");

    private final BackendCalls backends = new BackendCalls(
            new BackendSet(
                    new MemoryChatRouter(),
                    MemoryOfflineQueue.create(),
                    MemoryCallLogStore.create(),
                    true,
                    MemoryRoomStore.create(),
                    MemoryProfileStore.create()),
            Duration.ofSeconds(30),
            ChatObserver.NONE);
    private final DeviceCursor cursor = new DeviceCursor(backends, BOB, PHONE);

    private long append(String id) {
        ChatEvent event = ChatEvent.message(UserId.of("alice"), BOB, MessageId.of(id), "hello");
        return backends.append(BOB, event).join().seq();
    }

    @Test
    void a_device_that_opens_for_the_first_time_begins_with_a_gap_and_has_no_history() {
        long first = append("m1");
        Attachment attachment = cursor.open(0).join();

        assertThat(attachment.cursor()).isLessThan(first - 1);
        assertThat(DeviceCursor.hasHistory(attachment.cursor())).isFalse();
        assertThat(DeviceCursor.hasHistory(first)).isTrue();
    }

    @Test
    void the_cursor_moves_forward_and_stays_after_a_new_session() {
        long first = append("m1");
        assertThat(cursor.open(0).join().devices()).isEqualTo(1);

        assertThat(cursor.moveTo(first).join()).isTrue();
        assertThat(cursor.open(0).join().cursor()).isEqualTo(first);
    }

    @Test
    void a_forgotten_device_is_attached_again_when_its_cursor_moves() {
        long first = append("m1");
        assertThat(backends.confirm(BOB, PHONE, first).join()).isFalse();

        assertThat(cursor.moveTo(first).join()).isTrue();
        assertThat(cursor.attach(0).join().cursor()).isEqualTo(first);
    }
}
