package io.webchat.examples.benchmarks;

import java.util.List;

/** Sees to it that nobody wins by failing. */
final class Replies {
    private Replies() {}

    /** Throws where a reply of Redis says that the command did not do what it was for. */
    static void check(Object reply) {
        if (reply instanceof RuntimeException refusal) {
            throw refusal;
        }
        if (reply instanceof List<?> appended && !Long.valueOf(0).equals(appended.get(0))) {
            throw new IllegalStateException("not stored: " + appended);
        }
    }
}
