package io.webchat.core.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

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

    void save() {
        backend().save();
    }

    void goBack() {
        backend().goBack();
    }

    /** Skips the test on a backend without epochs. */
    QueueFixture withEpochs() {
        Assumptions.assumeTrue(suite.hasEpochs(), "the queues of this backend have no epochs");
        return this;
    }

    /** Skips the test on a backend that does not tell when users were seen. */
    QueueFixture withTimes() {
        Assumptions.assumeTrue(node() instanceof LastSeenTimes, "the queues of this backend tell no times");
        return this;
    }

    /** The device leaves, through one of the two nodes. */
    void leave(int node, DeviceId device) {
        StageResults.await(((LastSeenTimes) node(node)).leave(bob, device));
    }

    /** When bob was seen last, as one of the two nodes tells it. */
    OptionalLong lastSeen(int node) {
        return StageResults.await(((LastSeenTimes) node(node)).lastSeen(bob));
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

    AttachedDevice attach(DeviceId device) {
        return attach(device, 0);
    }

    AttachedDevice attach(DeviceId device, long after) {
        return StageResults.await(node().attach(bob, device, after));
    }

    /** Confirms in the present epoch, which it marks as restored before; tells whether the device is known. */
    boolean confirm(DeviceId device, long upTo) {
        return StageResults.await(node().confirm(bob, device, restored(bob), upTo));
    }

    /** Confirms in this epoch. */
    boolean confirm(DeviceId device, long epoch, long upTo) {
        return StageResults.await(node().confirm(bob, device, epoch, upTo));
    }

    /** Marks the queue's present epoch as restored; returns its number. */
    long restored(UserId user) {
        QueueEpoch epoch = StageResults.await(node().read(user, 0, 1)).epoch();
        if (!epoch.restored() && epoch.number() > 0) {
            StageResults.await(node().restore(user, epoch.number(), UndeliveredMessages.NONE));
        }
        return epoch.number();
    }

    /** The present epoch. */
    QueueEpoch epoch() {
        return read().epoch();
    }

    /** Restores these messages in the present epoch. */
    boolean restore(ChatEvent.Message... messages) {
        return restore(epoch().number(), 0, messages);
    }

    boolean restore(long epoch, int omitted, ChatEvent.Message... messages) {
        return StageResults.await(node().restore(bob, epoch, new UndeliveredMessages(List.of(messages), omitted)));
    }

    /** A message from alice to bob that the call log has at this time. */
    ChatEvent.Message logged(String text, long loggedAt) {
        return message(text).copyTo(bob, loggedAt);
    }

    /** So many messages that the call log has, {@code lost 0} and so on, of the last minutes. */
    ChatEvent.Message[] logged(int messages) {
        long start = System.currentTimeMillis() - Duration.ofMinutes(5).toMillis();
        return IntStream.range(0, messages)
                .mapToObj(i -> logged("lost " + i, start + i))
                .toArray(ChatEvent.Message[]::new);
    }

    /** The texts of all queued messages. */
    List<String> texts() {
        return texts(read().events());
    }

    static List<String> texts(List<Envelope> events) {
        return events.stream()
                .map(each -> ((ChatEvent.Message) each.event()).text())
                .toList();
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

    /** The answer to a resend of what got this answer. */
    static Appended resend(Appended first) {
        return new Appended(first.epoch(), first.seq(), first.storedAt(), true, 0);
    }

    /** The answer to a new event that was appended at this time, directly behind another one. */
    static Appended next(Appended before, long storedAt) {
        return new Appended(before.epoch(), before.seq() + 1, storedAt, false, 0);
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
