package io.webchat.core.internal.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.internal.delivery.DeviceCursor;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.memory.RewindableQueue;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.FaultyCallLog;
import io.webchat.core.testing.FaultyQueue;
import io.webchat.core.testing.TestClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node restores a bounded number of queues at a time, and only those that somebody still needs. */
class QueueRestorerTest {
    private static final UserId ALICE = UserId.of("alice");

    private final FaultyQueue queue = new FaultyQueue(MemoryOfflineQueue.create());
    private final FaultyCallLog callLog = new FaultyCallLog(MemoryCallLogStore.create());
    private final BackendCalls backends = calls(queue, ChatObserver.NONE);
    private final QueueRestorer restorer = new QueueRestorer(backends, ChatObserver.NONE);

    private BackendCalls calls(OfflineQueue queues, ChatObserver observer) {
        BackendSet set = new BackendSet(
                new MemoryChatRouter(),
                queues,
                callLog,
                true,
                MemoryRoomStore.create(),
                MemoryProfileStore.create(),
                null);
        return new BackendCalls(set, Duration.ofSeconds(60), observer);
    }

    private static UserId user(int number) {
        return UserId.of("user" + number);
    }

    /** Logs a message that the queue of this user has lost; returns the epoch of the queue. */
    private QueueEpoch lose(int number, String text) {
        log(ChatEvent.message(ALICE, user(number), text));
        return attach(number).epoch();
    }

    private void log(ChatEvent.Message message) {
        TestClient.join(callLog.append(message.conversation(), message, System.currentTimeMillis()));
    }

    private AttachedDevice attach(int number) {
        return TestClient.join(queue.attach(user(number), DeviceId.DEFAULT, 0));
    }

    /** Holds all readings of the call log until the returned stage is completed. */
    private CompletableFuture<Void> holdReadings() {
        CompletableFuture<Void> released = callLog.reading.nextIsHeld();
        callLog.reading.always(Fault.HOLD);
        return released;
    }

    private List<CompletableFuture<Boolean>> restore(int users) {
        return IntStream.range(0, users)
                .mapToObj(i -> restorer.restore(user(i), lose(i, "lost")))
                .toList();
    }

    @Test
    void G15_aNodeRestoresEightQueuesAtATimeAndTheOthersInTheirOrder() {
        CompletableFuture<Void> released = holdReadings();
        List<CompletableFuture<Boolean>> restores = restore(300);

        assertThat(callLog.reading.calls()).isEqualTo(QueueRestorer.MAX_RESTORES);
        released.complete(null);

        assertThat(restores).allSatisfy(each -> assertThat(each).isCompletedWithValue(true));
        assertThat(attach(299).epoch().restored()).isTrue();
    }

    @Test
    void aRestoreThatNobodyNeedsAnyMoreIsLeftOut() {
        CompletableFuture<Void> released = holdReadings();
        restore(QueueRestorer.MAX_RESTORES);
        QueueEpoch epoch = lose(8, "lost");
        CompletableFuture<Boolean> first = restorer.restore(user(8), epoch);
        CompletableFuture<Boolean> second = restorer.restore(user(8), epoch);
        DeviceCursor cursor = new DeviceCursor(backends, restorer, user(9), DeviceId.DEFAULT);
        lose(9, "lost");
        CompletableFuture<AttachedDevice> attached = cursor.attach(0);

        first.cancel(false);
        cursor.close();
        assertThat(TestClient.failure(attached)).isEqualTo(ErrorCode.UNAVAILABLE);
        released.complete(null);

        assertThat(second).as("a session that still waits").isCompletedWithValue(true);
        assertThat(attach(9).epoch().restored()).isFalse();
        assertThat(TestClient.join(restorer.restore(user(9), attach(9).epoch())))
                .isTrue();
    }

    @Test
    void G14_aNodeThatShutsDownBeginsNoRestore() {
        CompletableFuture<Void> released = holdReadings();
        List<CompletableFuture<Boolean>> restores = restore(QueueRestorer.MAX_RESTORES + 1);

        restorer.close();

        assertThat(TestClient.failure(restores.get(QueueRestorer.MAX_RESTORES))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(TestClient.failure(restorer.restore(user(10), lose(10, "lost"))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        released.complete(null);
        assertThat(restores.get(0)).isCompletedWithValue(true);
    }

    @Test
    void G15_largeRestoresAreWrittenOneAtATime() {
        CompletableFuture<Void> released = queue.restoring.nextIsHeld();
        queue.restoring.always(Fault.HOLD);
        String text = "x".repeat(QueueRestorer.LARGE + 1);
        List<CompletableFuture<Boolean>> large = IntStream.range(0, 3)
                .mapToObj(i -> restorer.restore(user(i), lose(i, text)))
                .toList();

        assertThat(queue.restoring.calls()).isEqualTo(1);
        CompletableFuture<Boolean> small = restorer.restore(user(3), lose(3, "lost"));
        assertThat(queue.restoring.calls()).as("a small one overtakes them").isEqualTo(2);
        released.complete(null);

        assertThat(large).allSatisfy(each -> assertThat(each).isCompletedWithValue(true));
        assertThat(small).isCompletedWithValue(true);
    }

    @Test
    void onlyMessagesThatTheQueueDidNotKnowCountAsRecovered() {
        AtomicInteger recovered = new AtomicInteger();
        ChatObserver observer = new ChatObserver() {
            @Override
            public void recovered() {
                recovered.incrementAndGet();
            }
        };
        RewindableQueue older = new RewindableQueue(QueueLimits.DEFAULT, Clock.systemUTC());
        QueueRestorer counting = new QueueRestorer(calls(older, observer), observer);
        ChatEvent.Message confirmed = ChatEvent.message(ALICE, user(0), "confirmed; its mark is not written yet");
        QueueEpoch epoch =
                TestClient.join(older.attach(user(0), DeviceId.DEFAULT, 0)).epoch();
        TestClient.join(older.restore(user(0), epoch.number(), UndeliveredMessages.NONE));
        long seq = TestClient.join(older.append(user(0), confirmed)).seq();
        TestClient.join(older.confirm(user(0), DeviceId.DEFAULT, epoch.number(), seq));
        log(confirmed);
        log(ChatEvent.message(ALICE, user(0), "lost"));
        older.save();
        older.goBack();

        QueueEpoch next =
                TestClient.join(older.attach(user(0), DeviceId.DEFAULT, 0)).epoch();
        assertThat(TestClient.join(counting.restore(user(0), next))).isTrue();

        assertThat(recovered).hasValue(1);
    }
}
