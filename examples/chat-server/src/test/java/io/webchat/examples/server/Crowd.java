package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Senders that never rest and their receivers, spread over the nodes. */
final class Crowd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SENDERS = 4;

    private final List<String> names;
    private final List<Receiver> receivers;
    private final List<Sender> senders;

    /** People whose names begin with {@code name}. */
    Crowd(Nodes nodes, String name, Random random) {
        names = List.of(name + "-rita", name + "-rosa", name + "-ruth");
        receivers = IntStream.range(0, names.size())
                .mapToObj(i -> new Receiver(nodes, names.get(i), i, new Random(random.nextLong())))
                .toList();
        senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> new Sender(nodes, name + "-sender" + i, i, names))
                .toList();
    }

    List<String> receivers() {
        return names;
    }

    /** Waits until each sender has had so many more messages acknowledged. */
    void awaitMore(int messages) {
        for (Sender each : senders) {
            awaitMore(each, messages);
        }
    }

    /** As {@link #awaitMore(int)}, for one sender. */
    void awaitMoreOf(int sender, int messages) {
        awaitMore(senders.get(sender), messages);
    }

    private static void awaitMore(Sender sender, int messages) {
        int goal = sender.acknowledged().size() + messages;
        await().atMost(PATIENCE).until(() -> sender.acknowledged().size() >= goal);
    }

    /** The queues will begin a new epoch, because Redis restarts. */
    void expectNewEpoch() {
        receivers.forEach(Receiver::expectNewEpoch);
    }

    /** Lets the senders come to an end and the receivers confirm everything, and compares. */
    void finish(String what) {
        receivers.forEach(Receiver::careful);
        senders.forEach(Sender::stop);
        await().atMost(PATIENCE).until(() -> senders.stream().allMatch(Sender::idle));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Receiver receiver = receivers.get(i);
            Set<String> acknowledged = senders.stream()
                    .flatMap(sender -> sender.acknowledged().stream())
                    .filter(sent -> sent.to().equals(name))
                    .map(Sender.Sent::id)
                    .collect(Collectors.toSet());
            await().atMost(PATIENCE).until(() -> receiver.ids().size() >= acknowledged.size());
            Set<String> missing = new HashSet<>(acknowledged);
            Set<String> more = new HashSet<>(receiver.ids());
            missing.removeAll(more);
            more.removeAll(acknowledged);
            assertThat(missing).as("did not come to " + name + ", " + what).isEmpty();
            assertThat(more).as("came to " + name + " unacknowledged, " + what).isEmpty();
            assertThat(receiver.faults()).as("faults at " + name + ", " + what).isEmpty();
        }
        for (Sender each : senders) {
            Set<String> ids = each.acknowledged().stream().map(Sender.Sent::id).collect(Collectors.toSet());
            await("receipts, " + what)
                    .atMost(PATIENCE)
                    .until(() -> each.delivered().containsAll(ids));
        }
    }

    /** How many messages came to a receiver who had seen them. */
    int again() {
        return receivers.stream().mapToInt(Receiver::again).sum();
    }

    /** The codes of what the nodes refused. */
    Set<String> refusals() {
        return senders.stream().flatMap(each -> each.refusals().stream()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        senders.forEach(Sender::close);
        receivers.forEach(Receiver::close);
    }
}
