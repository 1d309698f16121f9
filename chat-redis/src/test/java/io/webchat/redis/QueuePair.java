package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A queue in memory and a queue in Redis with two nodes, which get the same calls. Each queue starts at its own Seq;
 * the pair compares the distances from these starts.
 */
final class QueuePair {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final String seed;
    private final Random random;
    private final QueueBackend backend;
    private final List<OfflineQueue> nodes;
    private final MovableClock clock = MovableClock.running();
    private final OfflineQueue memory;
    private final List<ChatEvent> sent = new ArrayList<>();
    private long ahead;
    private int stored;

    QueuePair(long seed, QueueBackend backend, QueueLimits limits) {
        this.seed = "seed " + seed;
        this.random = new Random(seed);
        this.backend = backend;
        this.nodes = List.of(backend.node(), backend.node());
        this.memory = MemoryOfflineQueue.create(limits, clock);
    }

    /** The number of stored events so far. */
    int stored() {
        return stored;
    }

    /** Makes one random call to both queues, and compares the answers and the content. */
    void step() {
        // Time passes before each step, so that no two devices are seen at the same time.
        advance(Duration.ofMinutes(random.nextInt(20) == 0 ? random.nextInt(300) : 1 + random.nextInt(3)));
        QueueSlice before = compareReads(0, 100);
        if (before.events().isEmpty() && before.devices() == 0) {
            // The queue in memory may delete itself now and start again.
            startAnew();
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> append(news());
            case 4 -> append(sent.isEmpty() ? news() : resend(sent.get(random.nextInt(sent.size()))));
            case 5 -> append(altered());
            case 6 -> attach(place(before));
            case 7 -> compareReads(place(before), random.nextInt(6));
            default -> confirm(place(before));
        }
        compareReads(0, 100);
    }

    private void startAnew() {
        ChatEvent event = news();
        Appended ours = answer(node().append(BOB, event));
        ahead = ours.seq() - answer(memory.append(BOB, event)).seq();
    }

    private OfflineQueue node() {
        return nodes.get(random.nextInt(2));
    }

    private void advance(Duration time) {
        clock.advance(time);
        backend.advance(time);
    }

    private ChatEvent news() {
        MessageId id = MessageId.of("id" + sent.size());
        ChatEvent event = switch (random.nextInt(4)) {
            case 0 -> ChatEvent.delivery(ALICE, BOB, id);
            case 1 -> ChatEvent.display(ALICE, BOB, id);
            default -> ChatEvent.message(ALICE, BOB, id, "text " + random.nextInt(1000));
        };
        sent.add(event);
        return event;
    }

    /** The queue in Redis does not remember receipts. */
    private ChatEvent resend(ChatEvent event) {
        return event instanceof ChatEvent.Message ? event : news();
    }

    /** Another message with a used id. */
    private ChatEvent altered() {
        MessageId id = MessageId.of("id" + Math.max(0, sent.size() - 1 - random.nextInt(5)));
        return ChatEvent.message(ALICE, BOB, id, "another text");
    }

    /** A position in the queue in memory or near it, seldom far from it. */
    private long place(QueueSlice now) {
        if (random.nextInt(12) == 0) {
            return List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE).get(random.nextInt(4));
        }
        long length = now.next() - now.first();
        return now.first() - 3 + random.nextInt((int) length + 5);
    }

    /** The same position in the queue in Redis. */
    private long shifted(long place) {
        return place <= 0 || place == Long.MAX_VALUE ? place : place + ahead;
    }

    private long epoch() {
        return answer(memory.read(BOB, 0, 1)).epoch().number();
    }

    private DeviceId device() {
        return DeviceId.of("device" + random.nextInt(5));
    }

    private void append(ChatEvent event) {
        String model = outcome(memory.append(BOB, event), each -> each.seq() + " " + each.duplicate());
        String ours = outcome(node().append(BOB, event), each -> each.seq() - ahead + " " + each.duplicate());
        assertThat(ours).as("append, %s", seed).isEqualTo(model);
        if (model.endsWith("false")) {
            stored++;
        }
    }

    private void attach(long place) {
        // The queue in memory may have begun anew: a Seq below its start may be one of this epoch in Redis.
        long after = place > 0 ? Math.max(place, epoch() - 1) : place;
        DeviceId device = device();
        AttachedDevice model = answer(memory.attach(BOB, device, after));
        AttachedDevice ours = answer(node().attach(BOB, device, shifted(after)));
        assertThat(List.of(ours.cursor() - ahead, ours.devices()))
                .as("attach %s, %s", device, seed)
                .isEqualTo(List.of(model.cursor(), model.devices()));
    }

    private void confirm(long upTo) {
        DeviceId device = device();
        long epoch = epoch();
        answer(memory.restore(BOB, epoch, UndeliveredMessages.NONE));
        boolean model = answer(memory.confirm(BOB, device, epoch, upTo));
        long other = answer(node().read(BOB, 0, 1)).epoch().number();
        answer(node().restore(BOB, other, UndeliveredMessages.NONE));
        assertThat(answer(node().confirm(BOB, device, other, shifted(upTo))))
                .as("confirm %s, %s", device, seed)
                .isEqualTo(model);
    }

    private QueueSlice compareReads(long after, int limit) {
        QueueSlice model = answer(memory.read(BOB, after, limit));
        QueueSlice ours = answer(node().read(BOB, shifted(after), limit));
        if (stored > 0) {
            assertThat(List.of(ours.first() - ahead, ours.next() - ahead, ours.devices()))
                    .as("first, next, devices, %s", seed)
                    .isEqualTo(List.of(model.first(), model.next(), model.devices()));
        }
        assertThat(ours.events())
                .as("events, %s", seed)
                .extracting(Envelope::event)
                .isEqualTo(model.events().stream().map(Envelope::event).toList());
        assertThat(ours.events()).extracting(Envelope::storedAt).isSorted().doesNotHaveDuplicates();
        return model;
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static <T> String outcome(CompletionStage<T> stage, Function<T, String> told) {
        try {
            return told.apply(answer(stage));
        } catch (CompletionException e) {
            return e.getCause() instanceof ChatException refusal
                    ? refusal.code().wire()
                    : String.valueOf(e);
        }
    }
}
