package io.webchat.examples.server.local;

import io.webchat.examples.server.backends.DynamoAddress;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DynamoDB Local in a process of its own. It ends with this JVM, even if the JVM is killed.
 *
 * <p>Its jars are in a folder that the build fills on the machine that runs it, beside this class's jar or classes:
 * they may not be handed on. It ignores the signal of Ctrl-C, which reaches the whole process group. So it does not
 * end before the node has written its pending entries.
 */
public final class DynamoLocal implements AutoCloseable {
    private static final String JARS = "dynamodb-local";
    private static final String DEAF_TO_SIGNALS = "trap '' HUP INT TERM; exec \"$@\"";
    private static final String LOG = "dynamodb-local.log";
    private static final long READY_SECONDS = 60;
    private static final long END_SECONDS = 10;

    private final Process process;
    private final DynamoAddress address;

    private DynamoLocal(Process process, DynamoAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one on a free port of the loopback interface; returns when it can be used.
     *
     * @param folder the folder of its data and its log; null keeps them in memory
     * @throws UncheckedIOException with one sentence when it does not start
     */
    public static DynamoLocal start(@Nullable Path folder) {
        Process process = null;
        try {
            process = new ProcessBuilder(command(folder))
                    .redirectError(
                            folder == null
                                    ? Redirect.DISCARD
                                    : Redirect.to(folder.resolve(LOG).toFile()))
                    .start();
            return new DynamoLocal(process, DynamoAddress.of("http://127.0.0.1:" + port(process)));
        } catch (IOException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            throw new UncheckedIOException("cannot start DynamoDB Local: " + e.getMessage(), e);
        }
    }

    private static List<String> command(@Nullable Path folder) throws IOException {
        Path jars = jars();
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                DEAF_TO_SIGNALS,
                "dynamodb-local",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It starts twice as fast, and is not made for load.
                "-XX:TieredStopAtLevel=1",
                "-Dsqlite4java.library.path=" + jars,
                // Jetty would tell every step of every request.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                classPath() + File.pathSeparator + jars.resolve("*"),
                DynamoLocalProcess.class.getName()));
        if (folder != null) {
            command.add(folder.toString());
        }
        return command;
    }

    private static Path jars() throws IOException {
        try {
            Path here = Path.of(DynamoLocal.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jars = here.resolveSibling(JARS);
            if (!Files.isDirectory(jars)) {
                throw new IOException("its jars are not in " + jars + ", where the build on this machine puts them");
            }
            return jars;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** That of this JVM; Maven, when it runs the server inside itself, has it in a class loader only. */
    private static String classPath() throws IOException {
        if (!(DynamoLocal.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(loader.getURLs())
                .map(URL::toString)
                .map(URI::create)
                .map(Path::of)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int port(Process process) throws IOException {
        String line = firstLine(process);
        if (line.startsWith(DynamoLocalProcess.READY)) {
            return Integer.parseInt(line.substring(DynamoLocalProcess.READY.length()));
        }
        throw new IOException(
                line.startsWith(DynamoLocalProcess.FAILED)
                        ? line.substring(DynamoLocalProcess.FAILED.length())
                        : "it ended before it was ready");
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        CompletableFuture<String> line =
                CompletableFuture.supplyAsync(() -> lines.lines().findFirst().orElse(""));
        try {
            return line.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it was not ready in " + READY_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before it was ready", e);
        }
    }

    /** Its address. */
    public DynamoAddress address() {
        return address;
    }

    /** Ends it; returns when it is gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            // It ends without a witness.
            Thread.currentThread().interrupt();
        }
    }
}
