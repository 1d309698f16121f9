package io.webchat.examples.server.history;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * G1, G8, G10: what was acknowledged is in the call log, and each of the recipient's devices received it. A device may
 * miss what another of its user's received, where it is told of a gap.
 */
final class KeptRule implements Rule {
    @Override
    public Stream<Violation> violations(History history) {
        Map<String, Set<String>> devices = history.devices();
        return history.byMessage(Kind.ACKED).values().stream().flatMap(acks -> {
            Entry ack = acks.get(0);
            Stream<Violation> missing = devices.getOrDefault(ack.peer(), Set.of()).stream()
                    .sorted()
                    .flatMap(device -> missing(history, ack, device));
            return Stream.concat(unlogged(history, ack), missing);
        });
    }

    private static Stream<Violation> unlogged(History history, Entry ack) {
        return history.about(ack.id(), Kind.LOGGED).findAny().isPresent()
                ? Stream.empty()
                : violation("G1", ack.id() + " was acknowledged and is not in the call log", history, ack);
    }

    private static Stream<Violation> missing(History history, Entry ack, String device) {
        List<Entry> received = history.about(ack.id(), Kind.RECEIVED).toList();
        if (received.stream().anyMatch(each -> each.client().equals(device))) {
            return Stream.empty();
        }
        if (!received.isEmpty()) {
            return history.toldOfAGap(device)
                    ? Stream.empty()
                    : violation("G10", device + " misses " + ack.id() + " and was told of no gap", history, ack);
        }
        String promise = history.lostDataBetween(ack.at(), Long.MAX_VALUE) ? "G8" : "G1";
        return violation(promise, device + " never received " + ack.id() + ", which was acknowledged", history, ack);
    }

    private static Stream<Violation> violation(String promise, String what, History history, Entry ack) {
        return Stream.of(new Violation(promise, what, history.about(ack.id())));
    }
}
