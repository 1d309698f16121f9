package io.webchat.core.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.UserId;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bob's queue on a backend with two nodes, and the events that alice sends to it. */
final class QueueFixture extends ContractFixture {
    /** Makes the fixtures of this suite. */
    static final class Extension extends FixtureExtension<OfflineQueueContract> {
        Extension() {
            super(OfflineQueueContract.class, QueueFixture.class, QueueFixture::new);
        }
    }

    static final DeviceId PHONE = DeviceId.of("phone");
    static final DeviceId LAPTOP = DeviceId.of("laptop");

    private static final int ALL = 100_000;

    private final OfflineQueueContract suite;
    private QueueLimits limits = QueueLimits.DEFAULT;
    private @Nullable ContractBackend<OfflineQueue> backend;
    private @Nullable OfflineQueue node;
    private @Nullable OfflineQueue other;

    QueueFixture(OfflineQueueContract suite) {
        this.suite = suite;
    }

    /** Asks for other limits. Call it first. */
    QueueFixture bounded(QueueLimits wanted) {
        assertThat(backend).as("the backend, whose bounds are settled already").isNull();
        limits = wanted;
        return this;
    }

    private synchronized ContractBackend<OfflineQueue> backend() {
        ContractBackend<OfflineQueue> there = backend == null ? suite.offlineQueues(limits) : backend;
        backend = there;
        return there;
    }

    /** The node that the test mostly talks to. */
    synchronized OfflineQueue node() {
        OfflineQueue there = node == null ? backend().node() : node;
        node = there;
        return there;
    }

    /** A second node on the same backend. */
    synchronized OfflineQueue other() {
        OfflineQueue there = other == null ? backend().node() : other;
        other = there;
        return there;
    }

    /** One of the two nodes, in turn. */
    OfflineQueue node(int i) {
        return i % 2 == 0 ? node() : other();
    }

    void advance(Duration time) {
        backend().advance(time);
    }

    void loseData() {
        backend().loseData();
    }

    /** A new message from alice to bob. */
    ChatEvent.Message message(String text) {
        return ChatEvent.message(alice, bob, text);
    }

    Appended append(ChatEvent event) {
        return StageResults.await(node().append(bob, event));
    }

    /** Appends this many new messages. */
    List<Appended> append(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> append(message("text " + i)))
                .toList();
    }

    Attachment attach(DeviceId device) {
        return attach(device, 0);
    }

    Attachment attach(DeviceId device, long after) {
        return StageResults.await(node().attach(bob, device, after));
    }

    /** Confirms; tells whether the device is known. */
    boolean confirm(DeviceId device, long upTo) {
        return StageResults.await(node().confirm(bob, device, upTo));
    }

    QueueSlice read(long after, int limit) {
        return StageResults.await(node().read(bob, after, limit));
    }

    /** The whole queue. */
    QueueSlice read() {
        return read(0, ALL);
    }

    /** Returns the Seqs of all queued events. */
    List<Long> waiting() {
        return seqs(read().events());
    }

    /** Every event behind {@code after}, read in pages of this size through this node. */
    static List<Envelope> readOn(OfflineQueue node, UserId user, long after, int page) {
        List<Envelope> all = new ArrayList<>();
        long place = after;
        QueueSlice slice = StageResults.await(node.read(user, place, page));
        while (!slice.events().isEmpty()) {
            all.addAll(slice.events());
            long last = all.get(all.size() - 1).seq();
            assertThat(last)
                    .as("the end of a page that started behind " + place)
                    .isGreaterThan(place);
            place = last;
            slice = StageResults.await(node.read(user, place, page));
        }
        return all;
    }

    static List<Long> seqs(List<Envelope> events) {
        return events.stream().map(Envelope::seq).toList();
    }

    static List<Long> seqsOf(List<Appended> appended) {
        return appended.stream().map(Appended::seq).toList();
    }

    @Override
    public void close() {
        if (backend != null) {
            backend.close();
        }
    }
}
