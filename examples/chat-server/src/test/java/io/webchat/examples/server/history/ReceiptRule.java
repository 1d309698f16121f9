package io.webchat.examples.server.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * G11: no receipt is there before what it tells; {@code delivery} does not follow {@code display}; and what was
 * confirmed is delivered in the end, to the author (who is told of a gap where Redis lost the receipt) and in the log.
 * What was under way when Redis lost its data, and is sent again, is another message: its receipts begin anew. Where
 * the author's queue began an epoch, the receipts that the author did not confirm come again, in their order.
 */
final class ReceiptRule implements Rule {
    @Override
    public Stream<Violation> violations(History history) {
        return Stream.of(tooEarly(history), falling(history), missing(history), unmarked(history))
                .flatMap(each -> each);
    }

    private static Stream<Violation> tooEarly(History history) {
        return history.of(Kind.DELIVERED, Kind.DISPLAYED)
                .filter(receipt -> history.about(receipt.id(), receipt.is(Kind.DISPLAYED) ? Kind.SEEN : Kind.RECEIVED)
                        .noneMatch(
                                each -> each.at() < receipt.at() && each.user().equals(receipt.peer())))
                .map(each -> violation("a receipt about " + each.id() + " was there before its cause", history, each));
    }

    private static Stream<Violation> falling(History history) {
        return history.byMessage(Kind.DELIVERED, Kind.DISPLAYED).values().stream()
                .flatMap(history::byClientAndEpoch)
                .filter(entries -> falls(entries) && !history.lostDataBetween(entries))
                .map(entries -> entries.get(0))
                .filter(each -> !history.acceptedAnew(each.id()))
                .map(each -> violation("the receipts about " + each.id() + " do not grow", history, each));
    }

    /** Whether there is a delivery receipt behind a display receipt in the queue. */
    private static boolean falls(List<Entry> receipts) {
        long displayed = receipts.stream()
                .filter(each -> each.is(Kind.DISPLAYED))
                .mapToLong(Entry::seq)
                .min()
                .orElse(Long.MAX_VALUE);
        return receipts.stream().anyMatch(each -> each.is(Kind.DELIVERED) && each.seq() > displayed);
    }

    private static Stream<Violation> missing(History history) {
        return history.byMessage(Kind.CONFIRMED).keySet().stream()
                .flatMap(id -> history.about(id, Kind.ACKED).limit(1))
                .filter(ack -> !history.toldOfAGap(ack.client())
                        && history.about(ack.id(), Kind.DELIVERED, Kind.DISPLAYED)
                                .findAny()
                                .isEmpty()
                        && !lostBeforeAnyOther(history, ack))
                .map(ack -> violation(ack.client() + " got no receipt about " + ack.id(), history, ack));
    }

    /** Redis lost it while its author had no receipt at all, and so could not say what it has. */
    private static boolean lostBeforeAnyOther(History history, Entry ack) {
        long confirmed = history.first(ack.id(), Kind.CONFIRMED);
        long had = history.of(Kind.DELIVERED, Kind.DISPLAYED)
                .filter(each -> each.client().equals(ack.client()))
                .mapToLong(Entry::at)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        return history.of(Kind.LOST_DATA).anyMatch(loss -> confirmed < loss.at() && loss.storedAt() < had);
    }

    private static Stream<Violation> unmarked(History history) {
        return history.of(Kind.LOGGED)
                .filter(each -> each.detail().equals("sent"))
                .filter(each ->
                        history.about(each.id(), Kind.CONFIRMED).findAny().isPresent())
                .map(each -> violation("the call log calls " + each.id() + " sent, it was confirmed", history, each));
    }

    private static Violation violation(String what, History history, Entry about) {
        return new Violation("G11", what, history.about(about.id()));
    }
}
