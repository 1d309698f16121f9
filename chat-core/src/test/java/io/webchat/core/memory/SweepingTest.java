package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queues are retired and made anew all the time while several threads append to them. */
final class SweepingTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final int THREADS = 4;
    private static final int ROUNDS = 15_000;

    private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());

    /** A millisecond passes whenever somebody reads the clock, so that everything is soon old. */
    private final InstantSource hastyTime = () -> Instant.ofEpochMilli(millis.incrementAndGet());

    private final OfflineQueue queue = MemoryOfflineQueue.create(
            new QueueLimits(100, 1 << 20, Duration.ofDays(30), Duration.ofMillis(1), Duration.ofMillis(1), 10, 100),
            hastyTime.withZone(ZoneOffset.UTC));

    private final AtomicLong madeAnew = new AtomicLong();

    @Test
    void no_append_is_lost_and_no_Seq_goes_back_while_unused_queues_are_swept() {
        List<CompletableFuture<Void>> all = IntStream.range(0, THREADS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> appendAndConfirm(UserId.of("user" + i))))
                .toList();
        all.forEach(each -> each.orTimeout(30, TimeUnit.SECONDS).join());

        assertThat(madeAnew).as("how often a queue had been swept").hasValueGreaterThan(ROUNDS / 100);
    }

    /** A device is so soon forgotten that it may be before it has confirmed. */
    private void unlink(UserId user, long seq) {
        do {
            long epoch = queue.attach(user, DeviceId.DEFAULT, 0)
                    .toCompletableFuture()
                    .join()
                    .epoch()
                    .number();
            queue.restore(user, epoch, UndeliveredMessages.NONE)
                    .toCompletableFuture()
                    .join();
            queue.confirm(user, DeviceId.DEFAULT, epoch, seq)
                    .toCompletableFuture()
                    .join();
        } while (!queue.read(user, 0, 1).toCompletableFuture().join().events().isEmpty());
    }

    /** Each appended event must be there. Its confirmation leaves a queue that is soon unused. */
    private void appendAndConfirm(UserId user) {
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long seq = queue.append(user, ChatEvent.message(ALICE, user, "hello"))
                    .toCompletableFuture()
                    .join()
                    .seq();
            QueueSlice slice = queue.read(user, 0, 10).toCompletableFuture().join();
            assertThat(slice.events()).extracting(Envelope::seq).containsExactly(seq);
            assertThat(seq).isGreaterThan(last);
            madeAnew.addAndGet(seq > last + 1 ? 1 : 0);
            last = seq;
            unlink(user, seq);
        }
    }
}
