package io.webchat.examples.server.clock;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent that puts a process's clock forward or back: all of webchat's own classes, whichever way they ask for
 * the time of day, get it shifted. Time that only measures, {@link System#nanoTime()}, goes on as it does.
 */
public final class ShiftedClock {
    private ShiftedClock() {}

    /** Writes the agent into this folder and returns the JVM option that loads it. */
    public static String option(Path folder, Duration ahead) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ShiftedClock.class.getName());
        // The class itself is on the class path, as are those that it needs.
        Path jar = Files.createTempFile(folder, "shifted-clock", ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
        return "-javaagent:" + jar + "=" + ahead;
    }

    /** The JVM calls it before {@code main}. */
    public static void premain(String ahead, Instrumentation instrumentation) {
        ShiftedTime.shift(Duration.parse(ahead));
        instrumentation.addTransformer(new AskShiftedTime());
    }
}
