package io.webchat.examples.server.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
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
 * One run of DynamoDB Local in a process of its own. It ends with this JVM, even if the JVM is killed.
 *
 * <p>Its jars are in a folder that the build fills on the machine that runs it, beside this class's jar or classes:
 * they may not be handed on. It ignores the signal of Ctrl-C, which reaches the whole process group. So it does not
 * end before the node has written its pending entries.
 */
final class DynamoChild implements AutoCloseable {
    private static final String JARS = "dynamodb-local";
    private static final String DEAF_TO_SIGNALS = "trap '' HUP INT TERM; exec \"$@\"";
    private static final String LOG = "dynamodb-local.log";
    private static final long READY_SECONDS = 60;
    private static final long END_SECONDS = 5;

    private final Process process;

    private DynamoChild(Process process) {
        this.process = process;
    }

    /**
     * Starts one on a port of the loopback interface; returns when it can be used.
     *
     * @param folder the folder of its data and its log; null keeps them in memory
     * @throws IOException when it does not start; no process is left then
     */
    static DynamoChild start(@Nullable Path folder, int port) throws IOException {
        Process process = new ProcessBuilder(command(folder, port))
                .redirectError(
                        folder == null
                                ? Redirect.DISCARD
                                : Redirect.appendTo(folder.resolve(LOG).toFile()))
                .start();
        try {
            awaitReady(process);
            return new DynamoChild(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static List<String> command(@Nullable Path folder, int port) throws IOException {
        Path jars = jars();
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                DEAF_TO_SIGNALS,
                "dynamodb-local",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Without memory it would answer nothing, and never end.
                "-XX:+ExitOnOutOfMemoryError",
                // It starts twice as fast, and is not made for load.
                "-XX:TieredStopAtLevel=1",
                "-Dsqlite4java.library.path=" + jars,
                // Jetty would tell every step of every request.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                classPath() + File.pathSeparator + jars.resolve("*"),
                DynamoLocalProcess.class.getName(),
                Integer.toString(port)));
        if (folder != null) {
            command.add(folder.toString());
        }
        return command;
    }

    static Path jars() throws IOException {
        try {
            Path here = Path.of(DynamoChild.class
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
        if (!(DynamoChild.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(loader.getURLs())
                .map(URL::toString)
                .map(URI::create)
                .map(Path::of)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void awaitReady(Process process) throws IOException {
        String line = firstLine(process);
        if (!line.startsWith(DynamoLocalProcess.READY)) {
            throw new IOException(
                    line.startsWith(DynamoLocalProcess.FAILED)
                            ? line.substring(DynamoLocalProcess.FAILED.length())
                            : "it ended before it was ready");
        }
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

    /** Completes with the exit code when the process has ended, for whatever reason. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Kills the process, as an operating system without memory would. */
    void kill() {
        process.destroyForcibly();
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
