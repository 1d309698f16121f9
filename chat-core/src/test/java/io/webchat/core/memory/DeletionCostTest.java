package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.QueueLimits;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** G13: a deletion allocates the same memory for any number of events that wait in the queue. */
final class DeletionCostTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final int EVENTS = 8_000;

    /** Less than a reference for each event. */
    private static final long MOST = 3L * EVENTS;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UserQueue queue = new UserQueue(
            QueueLimits.DEFAULT,
            new AuthorBytes(Long.MAX_VALUE),
            MovableClock.running().millis());
    private long now = queue.read(0, 0, 0).next() / 1000;

    private void append(ChatEvent event) {
        queue.append(event, 0, ++now);
    }

    private static ChatEvent.Message message(String text) {
        return ChatEvent.message(ALICE, BOB, text);
    }

    private void fill() {
        for (int i = 0; i < EVENTS; i++) {
            append(message("text"));
        }
    }

    private long bytesOf(Amendment amendment) {
        long before = threads.getCurrentThreadAllocatedBytes();
        append(amendment);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static Amendment deletion(ChatEvent.Message message) {
        return Amendment.by(ALICE).of(message).delete();
    }

    @Test
    void G13_a_deletion_costs_the_same_in_a_long_queue() {
        ChatEvent.Message absent = message("absent");
        ChatEvent.Message old = message("secret");
        ChatEvent.Message message = message("text");
        ChatEvent.Message warm = message("text");
        append(warm);
        bytesOf(deletion(warm));
        append(old);
        append(message);
        append(Amendment.by(ALICE).of(message).edit(MessageContent.text("other")));
        fill();

        assertThat(bytesOf(deletion(message))).as("a message that waits").isLessThan(MOST);
        assertThat(bytesOf(deletion(message))).as("the same once more").isLessThan(MOST);
        assertThat(bytesOf(deletion(absent))).as("a message that is not there").isLessThan(MOST);
        now += 3 * QueueLimits.DEFAULT.dedupeWindow().toMillis();
        append(message("new"));
        assertThat(bytesOf(deletion(old)))
                .as("a message that is older than the memory of resends")
                .isLessThan(MOST);
        assertThat(queue.read(0, 10_000, now).events().toString()).doesNotContain("secret");
    }
}
