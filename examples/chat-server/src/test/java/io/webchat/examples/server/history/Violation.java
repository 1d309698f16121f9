package io.webchat.examples.server.history;

import java.util.List;

/**
 * A promise that a history breaks.
 *
 * @param promise its number in {@code docs/guarantees.md}
 * @param what how it is broken, in one sentence
 * @param evidence the part of the history that shows it
 */
public record Violation(String promise, String what, List<Entry> evidence) {
    private static final int SHOWN = 40;

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(promise).append(": ").append(what);
        evidence.stream().limit(SHOWN).forEach(each -> text.append("\n    ").append(each));
        if (evidence.size() > SHOWN) {
            text.append("\n    and ").append(evidence.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
