package io.webchat.examples.server.clock;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.MemberSubstitution;

/**
 * A Java agent that puts a process's clock forward or back: all of webchat's own classes, whichever way they ask for the
 * time of day, get it shifted. Time that only measures, {@link System#nanoTime()}, goes on as it does.
 */
public final class ShiftedClock {
    private static final String OWN = "io.webchat.";
    private static final String NOT_THESE = ShiftedClock.class.getPackageName();

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
        new AgentBuilder.Default()
                .type(nameStartsWith(OWN))
                .and(type -> !type.getName().startsWith(NOT_THESE))
                .transform((builder, type, loader, module, domain) -> builder.visit(
                                replace(System.class, "currentTimeMillis", "millis"))
                        .visit(replace(Clock.class, "systemUTC", "utc"))
                        .visit(replace(Instant.class, "now", "now")))
                .installOn(instrumentation);
    }

    private static net.bytebuddy.asm.AsmVisitorWrapper replace(Class<?> owner, String asked, String instead) {
        try {
            return MemberSubstitution.relaxed()
                    .method(named(asked).and(isDeclaredBy(owner)).and(takesNoArguments()))
                    .replaceWith(ShiftedTime.class.getMethod(instead))
                    .on(any());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
