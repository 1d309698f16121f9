package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.UserId;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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

    /** A clock on which a millisecond passes with each look, so that everything is soon old. */
    private static final class Hasty extends Clock {
        private final AtomicLong now = new AtomicLong(System.currentTimeMillis());

        @Override
        public long millis() {
            return now.incrementAndGet();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final OfflineQueue queue = MemoryOfflineQueue.create(
            new QueueLimits(100, Duration.ofDays(30), Duration.ofMillis(1), Duration.ofMillis(1), 10, 100),
            new Hasty());

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
            queue.attach(user, DeviceId.DEFAULT, 0).toCompletableFuture().join();
            queue.confirm(user, DeviceId.DEFAULT, seq).toCompletableFuture().join();
        } while (!queue.read(user, 0, 1).toCompletableFuture().join().events().isEmpty());
    }

    /** What was appended must be there; confirming it leaves a queue that is soon unused. */
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
