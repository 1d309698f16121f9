package io.webchat.examples.server.history;

import java.util.List;

/**
 * Judges a history that has come to rest: all senders had their answers, all receivers had the time to receive and
 * confirm, the call log was read. A pure function of the history.
 */
public final class Checker {
    private static final List<Rule> RULES = List.of(
            new KeptRule(),
            new GapRule(),
            new OnceRule(),
            new OrderRule(),
            new AgainRule(),
            new TimelyRule(),
            new RefusalRule(),
            new ReceiptRule(),
            new AmendmentRule(),
            new FileRule(),
            new DrainRule(),
            new ClockRule());

    private Checker() {}

    /** What the history breaks of G1–G6, G8–G12, G14, G15 and G17; empty where all is well. */
    public static List<Violation> violations(History history) {
        return RULES.stream().flatMap(rule -> rule.violations(history)).toList();
    }
}
