package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.OfflineQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Proves that each method is one atomic step when many threads on two nodes use one user's queue. */
interface QueueConcurrencyContract {
    int SENDERS = 6;
    int EACH = 50;

    /** Appends from several senders at once, each in its own order, half of them on each node. */
    private static List<List<Appended>> appendAtOnce(QueueFixture q) {
        return ConcurrentCalls.run(SENDERS, i -> {
            UserId sender = q.user("sender" + i);
            return StageResults.awaitAll(IntStream.range(0, EACH)
                    .mapToObj(n -> q.node(i).append(q.bob, ChatEvent.message(sender, q.bob, i + " " + n)))
                    .toList());
        });
    }

    private static String text(Envelope envelope) {
        return ((ChatEvent.Message) envelope.event()).text();
    }

    @Test
    default void G3_appends_at_once_get_consecutive_Seqs_and_none_is_lost(QueueFixture q) {
        List<Long> seqs = appendAtOnce(q).stream()
                .flatMap(List::stream)
                .map(Appended::seq)
                .sorted()
                .toList();

        assertThat(seqs)
                .isEqualTo(LongStream.range(seqs.get(0), seqs.get(0) + SENDERS * EACH)
                        .boxed()
                        .toList());
        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void G3_appends_at_once_keep_each_callers_order(QueueFixture q) {
        appendAtOnce(q);
        List<Envelope> events = q.read().events();

        for (int i = 0; i < SENDERS; i++) {
            String sender = i + " ";
            assertThat(events.stream().map(QueueConcurrencyContract::text).filter(each -> each.startsWith(sender)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, EACH).mapToObj(n -> sender + n).toList());
        }
        assertThat(events).extracting(Envelope::storedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void G3_a_reader_that_confirms_while_others_append_sees_each_event_once_in_order(QueueFixture q) {
        long start = q.attach(PHONE).cursor();
        CompletableFuture<List<List<Appended>>> appending = CompletableFuture.supplyAsync(() -> appendAtOnce(q));
        List<Long> seen = drain(q, q.other(), PHONE, start);
        StageResults.await(appending);

        assertThat(seen)
                .isEqualTo(LongStream.rangeClosed(start + 1, start + SENDERS * EACH)
                        .boxed()
                        .toList());
        assertThat(q.waiting()).isEmpty();
    }

    @Test
    default void G6_two_devices_that_read_at_once_on_two_nodes_both_see_everything(QueueFixture q) {
        long start = q.attach(PHONE).cursor();
        q.attach(LAPTOP);
        CompletableFuture<List<List<Appended>>> appending = CompletableFuture.supplyAsync(() -> appendAtOnce(q));
        List<List<Long>> seen = ConcurrentCalls.run(2, i -> drain(q, q.node(i), i == 0 ? PHONE : LAPTOP, start));
        StageResults.await(appending);

        assertThat(seen.get(0)).hasSize(SENDERS * EACH).isSorted().doesNotHaveDuplicates();
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(q.waiting()).isEmpty();
    }

    /** Reads, confirms and goes on until all that the senders append has come. */
    private static List<Long> drain(QueueFixture q, OfflineQueue node, DeviceId device, long start) {
        long epoch = q.restored(q.bob);
        List<Long> seen = new ArrayList<>();
        long deadline = System.nanoTime() + 20_000_000_000L;
        long place = start;
        while (seen.size() < SENDERS * EACH && System.nanoTime() < deadline) {
            List<Long> page = QueueFixture.seqs(
                    StageResults.await(node.read(q.bob, place, 16)).events());
            if (!page.isEmpty()) {
                seen.addAll(page);
                place = page.get(page.size() - 1);
                StageResults.await(node.confirm(q.bob, device, epoch, place));
            }
        }
        return seen;
    }

    @Test
    default void devices_that_attach_at_once_are_all_known(QueueFixture q) {
        List<Integer> counts = ConcurrentCalls.run(
                8,
                i -> StageResults.await(q.node(i).attach(q.bob, DeviceId.of("d" + i), 0))
                        .devices());

        assertThat(counts).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        q.append(1);
        long epoch = q.restored(q.bob);
        ConcurrentCalls.run(8, i -> {
            StageResults.await(q.node(i)
                    .confirm(q.bob, DeviceId.of("d" + i), epoch, q.read().next() - 1));
            return i;
        });
        assertThat(q.waiting()).isEmpty();
    }
}
