package io.webchat.examples.server.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The faults of the options: all of it, for one answer. */
final class Faults {
    private final List<String> sentences = new ArrayList<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    void range(String option, long value, long min, long max) {
        if (value < min || value > max) {
            add(option + " must be " + min + " to " + max + ", not " + value);
        }
    }

    /** Notes the objection that this raises against a value. */
    void from(String option, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            add(option + ": " + Objects.requireNonNullElse(e.getMessage(), "cannot be used"));
        }
    }

    /**
     * Ends the check.
     *
     * @throws IllegalArgumentException with a line for each fault
     */
    void report() {
        if (!sentences.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), sentences));
        }
    }
}
