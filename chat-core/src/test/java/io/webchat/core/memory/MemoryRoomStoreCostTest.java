package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cost of a room does not grow with the rooms that its members share already. */
final class MemoryRoomStoreCostTest {
    private static final UserId ALICE = UserId.of("alice");

    @Test
    void G13_aLargeRoomCostsTheSameHoweverManyRoomsItsMembersShare() {
        // So few members that this thread does all the work; the allocations of other threads would not count.
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<UserId> members =
                IntStream.range(0, 59).mapToObj(i -> UserId.of("user" + i)).toList();
        ChatConfig config = ChatConfig.builder()
                .messagesPerSecond(0)
                .maxRoomAdditions(10_000)
                .build();
        long[] bytes = new long[60];
        try (Chat chat = Chat.builder().config(config).build()) {
            for (int i = 0; i < bytes.length; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                chat.rooms()
                        .create(ALICE, RoomId.of("room" + i), "room", false, members)
                        .toCompletableFuture()
                        .join();
                bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
            }
        }

        // Each list of rooms is one entry longer every time; nothing else may grow.
        assertThat(bytes[59]).isLessThan(2 * bytes[5]);
    }
}
