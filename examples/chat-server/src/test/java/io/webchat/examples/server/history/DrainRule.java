package io.webchat.examples.server.history;

import java.util.List;
import java.util.stream.Stream;

/** G14: a node that is told to end does so in order, within its grace time. That nothing is lost, others check. */
final class DrainRule implements Rule {
    /** 128 + SIGTERM. */
    private static final long IN_ORDER = 143;

    /** The server's grace of 10 s, and what a JVM on a busy machine needs around it. */
    private static final long MILLIS = 15_000;

    @Override
    public Stream<Violation> violations(History history) {
        return history.of(Kind.EXITED)
                .filter(each -> each.seq() != IN_ORDER || each.storedAt() > MILLIS)
                .map(each -> new Violation(
                        "G14",
                        each.client() + " ended with " + each.seq() + " after " + each.storedAt() + " ms",
                        List.of(each)));
    }
}
