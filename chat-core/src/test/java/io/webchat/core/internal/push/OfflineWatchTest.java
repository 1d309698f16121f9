package io.webchat.core.internal.push;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatObserver;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.FaultyQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The watch asks at the end of the time, once for all messages that are due, with one timer; its clock is the test's.
 */
class OfflineWatchTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");

    private final FaultyQueue queue = new FaultyQueue(MemoryOfflineQueue.create());
    private final AtomicLong now = new AtomicLong();
    private final List<Runnable> timers = new ArrayList<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final OfflineWatch watch = new OfflineWatch(
            message -> heard.add(message.message().id().value()),
            new BackendCalls(
                    new BackendSet(
                            new MemoryChatRouter(),
                            queue,
                            MemoryCallLogStore.create(),
                            true,
                            MemoryRoomStore.create(),
                            MemoryProfileStore.create(),
                            null),
                    Duration.ofMinutes(1),
                    ChatObserver.NONE),
            ChatConfig.defaults(),
            new ChatObserver() {
                @Override
                public void offlineDropped() {
                    dropped.incrementAndGet();
                }
            },
            (delay, task) -> timers.add(task),
            now::get);

    private Appended send(String id) {
        ChatEvent.Message message = ChatEvent.message(ALICE, BOB, MessageId.of(id), "text");
        Appended appended = join(queue.append(BOB, message));
        watch.onAppended(message, appended);
        return appended;
    }

    private void confirm(Appended upTo) {
        join(queue.restore(BOB, upTo.epoch().number(), UndeliveredMessages.NONE));
        assertThat(join(queue.confirm(BOB, PHONE, upTo.epoch().number(), upTo.seq())))
                .isTrue();
    }

    /** Moves the clock and runs the timer that is set. */
    private void advance(Duration time) {
        now.addAndGet(time.toNanos());
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private void awaitHeard(String... ids) {
        await().untilAsserted(() -> assertThat(heard).containsExactly(ids));
    }

    @Test
    void nothingIsReportedBeforeTheTimeIsOver() {
        send("m1");
        advance(Duration.ofMillis(4900));
        send("m2");
        assertThat(queue.reading.calls()).isZero();

        advance(Duration.ofMillis(100));

        awaitHeard("m1");
        advance(Duration.ofMillis(4900));
        awaitHeard("m1", "m2");
    }

    @Test
    void aMessageTooFarBehindAnotherOneCountsAsDropped() {
        send("first");
        for (int i = 0; i < 64 * 32 - 2; i++) {
            join(queue.append(BOB, ChatEvent.message(ALICE, BOB, MessageId.of("other" + i), "text")));
        }
        send("near");
        send("far");

        advance(Duration.ofSeconds(5));

        await().untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("first", "near"));
        assertThat(dropped).hasValue(1);
    }

    @Test
    void aConfirmationInTimeSilencesTheReport() {
        join(queue.attach(BOB, PHONE, 0));
        send("m1");
        confirm(send("m2"));
        send("m3");

        advance(Duration.ofSeconds(5));

        awaitHeard("m3");
    }

    @Test
    void allMessagesOfAUserThatAreDueCostOneTimerAndOneRead() {
        for (int i = 0; i < 50; i++) {
            send("m" + i);
        }
        assertThat(timers).hasSize(1);

        advance(Duration.ofSeconds(5));

        await().untilAsserted(() -> assertThat(heard).hasSize(50));
        assertThat(queue.reading.calls()).isEqualTo(1);
        assertThat(timers).isEmpty();
    }

    @Test
    void anOutageOnlyDelaysTheReport() {
        send("m1");
        queue.reading.next(2, Faults.Fault.REFUSE);

        advance(Duration.ofSeconds(5));
        advance(Duration.ofSeconds(5));
        assertThat(heard).isEmpty();
        advance(Duration.ofSeconds(5));

        awaitHeard("m1");
    }

    @Test
    void anOutageThatDoesNotEndIsGivenUpAndCounted() {
        send("m1");
        queue.reading.always(Faults.Fault.REFUSE);
        for (int i = 0; i < 12; i++) {
            advance(Duration.ofSeconds(5));
        }

        assertThat(dropped.get()).isEqualTo(1);
        assertThat(timers).isEmpty();
    }

    @Test
    void theNumberOfWaitingMessagesIsBounded() {
        Appended stored = send("m1");
        ChatEvent.Message message = ChatEvent.message(ALICE, BOB, MessageId.of("m1"), "text");
        for (int i = 0; i < 100_000; i++) {
            watch.onAppended(message, stored);
        }

        assertThat(dropped.get()).isEqualTo(1);
    }

    @Test
    void aResendIsNotWatched() {
        send("m1");
        send("m1");
        advance(Duration.ofSeconds(5));

        awaitHeard("m1");
    }

    @Test
    void G14_aShutdownReportsEarlyWhatIsNotConfirmed() {
        join(queue.attach(BOB, PHONE, 0));
        confirm(send("m1"));
        send("m2");

        watch.close(Duration.ofSeconds(20));

        assertThat(heard).containsExactly("m2");
    }
}
