package io.webchat.examples.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a benchmark prints. */
public final class Printed {
    /** A benchmark that prints there. */
    public interface Run {
        /** Runs it. */
        void into(PrintStream out) throws Exception;
    }

    private Printed() {}

    /** Runs it, and returns what it printed. */
    public static String output(Run run) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            run.into(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
