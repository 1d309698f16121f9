package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatObserver;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.internal.restore.QueueRestorer;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.queue.Appended;
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
                    MemoryProfileStore.create(),
                    null),
            Duration.ofSeconds(30),
            ChatObserver.NONE);
    private final DeviceCursor cursor =
            new DeviceCursor(backends, new QueueRestorer(backends, ChatObserver.NONE), BOB, PHONE);

    private Appended append(String id) {
        ChatEvent event = ChatEvent.message(UserId.of("alice"), BOB, MessageId.of(id), "hello");
        return backends.append(BOB, event).join();
    }

    @Test
    void G8_a_device_attaches_to_a_restored_queue() {
        Appended first = append("m1");

        assertThat(cursor.open(0).join().epoch().restored()).isFalse();
        assertThat(cursor.attach(0).join().epoch().restored()).isTrue();
        assertThat(cursor.open(0).join().cursor()).isEqualTo(first.seq() - 1);
    }

    @Test
    void the_cursor_moves_forward_and_stays_after_a_new_session() {
        long first = append("m1").seq();
        assertThat(cursor.attach(0).join().devices()).isEqualTo(1);

        assertThat(cursor.moveTo(first, first).join()).isTrue();
        assertThat(cursor.open(0).join().cursor()).isEqualTo(first);
    }

    @Test
    void a_forgotten_device_is_attached_again_when_its_cursor_moves() {
        long first = append("m1").seq();
        assertThat(backends.confirm(BOB, PHONE, first, first).join()).isFalse();

        assertThat(cursor.moveTo(first, first).join()).isTrue();
        assertThat(cursor.attach(0).join().cursor()).isEqualTo(first);
    }

    @Test
    void G6_the_cursor_of_another_epoch_does_not_move() {
        long first = append("m1").seq();

        assertThat(cursor.moveTo(first - 1, first).join()).isFalse();
        assertThat(cursor.attach(0).join().cursor()).isEqualTo(first - 1);
    }
}
