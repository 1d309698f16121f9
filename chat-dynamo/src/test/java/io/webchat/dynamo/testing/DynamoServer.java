package io.webchat.dynamo.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DynamoDB Local in a process of its own. It listens on a free port and keeps this port when it restarts. It ends
 * with this JVM at the latest.
 */
public final class DynamoServer implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final long END_SECONDS = 10;

    private static final int BLOCK = 512;

    private final @Nullable Path data;
    private final long maxFileBytes;
    private int port;
    private Process process;

    private DynamoServer(@Nullable Path data, long maxFileBytes) {
        this.data = data;
        this.maxFileBytes = maxFileBytes;
        this.process = launch();
    }

    /** A server that holds its data in memory. */
    public static DynamoServer start() {
        return new DynamoServer(null, 0);
    }

    /** A server that keeps its data in this folder, which must exist. */
    public static DynamoServer start(Path data) {
        return new DynamoServer(data, 0);
    }

    /** A server that keeps its data in this folder and can make no file longer than this, as on a full disk. */
    public static DynamoServer start(Path data, long maxFileBytes) {
        return new DynamoServer(data, maxFileBytes);
    }

    /** Its address. */
    public DynamoEndpoint endpoint() {
        return new DynamoEndpoint(URI.create("http://localhost:" + port));
    }

    /** Kills it if it runs, as a crash would. Data in memory is lost. */
    public synchronized void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops its threads: it accepts connections and answers nothing. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        signal("CONT");
    }

    private synchronized void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("cannot send " + name + " to DynamoDB Local");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it if it runs, and starts it again on the same port. */
    public synchronized void restart() {
        kill();
        process = launch();
    }

    /** Stops it properly. */
    @Override
    public synchronized void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() {
        for (int attempt = 1; ; attempt++) {
            try {
                return started();
            } catch (IOException e) {
                // Another process may have taken the port meanwhile.
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private Process started() throws IOException {
        Process starting =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(starting.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DynamoProcess.READY)) {
                port = Integer.parseInt(line.substring(DynamoProcess.READY.length()));
                return starting;
            }
            said.append('\n').append(line);
        }
        starting.destroyForcibly();
        throw new IOException("DynamoDB Local did not start on port " + port + said);
    }

    /** The class path of the tests without Spring Boot, whose plug-in for Log4j does not fit that of DynamoDB Local. */
    private static String classPath() {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(own.split(File.pathSeparator, -1))
                .filter(each -> !Path.of(each).getFileName().toString().startsWith("spring-boot"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (maxFileBytes > 0) {
            command.addAll(List.of("/bin/sh", "-c", "ulimit -f " + maxFileBytes / BLOCK + "; exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // A short life: compile quickly, collect garbage on one thread.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Without this, Jetty logs every step of every request.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                classPath(),
                DynamoProcess.class.getName(),
                Integer.toString(port)));
        if (data != null) {
            command.add(data.toString());
        }
        return command;
    }
}
