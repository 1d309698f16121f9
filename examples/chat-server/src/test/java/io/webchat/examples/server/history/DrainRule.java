package io.webchat.examples.server.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * G14: a node that is told to end does so in order, within its grace time, unless another fault hits it meanwhile. That
 * nothing is lost, others check.
 */
final class DrainRule implements Rule {
    /** What the history says of a node that was told to end. */
    static final String DRAINED = "drained";

    /** 128 + SIGTERM. */
    private static final long IN_ORDER = 143;

    /** The server's grace of 10 s, and what a JVM on a busy machine needs around it. */
    private static final long MILLIS = 15_000;

    @Override
    public Stream<Violation> violations(History history) {
        return history.of(Kind.EXITED)
                .filter(each -> each.seq() != IN_ORDER || each.storedAt() > MILLIS)
                .filter(each -> undisturbed(history, each))
                .map(each -> new Violation(
                        "G14",
                        each.client() + " ended with " + each.seq() + " after " + each.storedAt() + " ms",
                        List.of(each)));
    }

    /** Whether nothing else was broken at the node from when it was told to end until it did. */
    private static boolean undisturbed(History history, Entry exited) {
        List<Entry> before = history.of(Kind.BROKEN, Kind.MENDED)
                .filter(each -> each.client().equals(exited.client()) && each.at() < exited.at())
                .toList();
        boolean undisturbed = true;
        int others = 0;
        for (Entry each : before) {
            boolean drain = each.detail().equals(DRAINED);
            if (!drain) {
                others += each.is(Kind.BROKEN) ? 1 : -1;
            }
            if (each.is(Kind.BROKEN)) {
                undisturbed = drain && others == 0;
            }
        }
        return undisturbed;
    }
}
