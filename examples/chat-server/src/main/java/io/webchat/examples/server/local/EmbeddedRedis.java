package io.webchat.examples.server.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.RedisExecProvider;

/**
 * A redis-server that keeps nothing on disk. It ends with this JVM, even if the JVM is killed: a small shell at the
 * other end of a pipe sees the pipe close, then ends the server and deletes its folder.
 *
 * <p>Redis runs as a daemon so that Ctrl-C, which reaches the whole process group, does not end it before the nodes
 * have drained.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final String GUARD = """
            trap '' HUP INT TERM
            "$1/redis-server" --port "$2" --bind 127.0.0.1 --save '' --appendonly no --maxmemory-policy noeviction \
              --dir "$1" --pidfile "$1/pid" --logfile "$1/log" --daemonize yes
            while read -r line; do :; done
            for attempt in 1 2 3 4 5 6 7 8 9 10; do [ -s "$1/pid" ] && break; sleep 0.1; done
            [ -s "$1/pid" ] && kill -9 "$(cat "$1/pid")"
            rm -rf "$1"
            """;
    private static final long READY_SECONDS = 10;

    private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

    private final Process guard;
    private final int port;
    private final String version;

    private EmbeddedRedis(Process guard, int port, String version) {
        this.guard = guard;
        this.port = port;
        this.version = version;
    }

    /**
     * Starts one on a free port of the loopback interface; returns when it accepts connections.
     *
     * @throws UncheckedIOException with a sentence when it does not start
     */
    public static EmbeddedRedis start() {
        try {
            Path folder = Files.createTempDirectory("webchat-demo-");
            unpackInto(folder);
            String version = versionIn(folder);
            int port = FreePort.find();
            Process guard = new ProcessBuilder(
                            "/bin/sh", "-c", GUARD, "guard", folder.toString(), Integer.toString(port))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            EmbeddedRedis redis = new EmbeddedRedis(guard, port, version);
            redis.awaitReady();
            return redis;
        } catch (IOException | RuntimeException e) {
            throw new UncheckedIOException("cannot start a redis-server on this machine: " + e, new IOException(e));
        }
    }

    /** Moved out of the library's folder: nobody would delete it there. */
    private static void unpackInto(Path folder) throws IOException {
        Path unpacked = RedisExecProvider.defaultProvider().get().toPath();
        Files.move(unpacked, folder.resolve("redis-server"));
        Files.delete(unpacked.getParent());
    }

    private static String versionIn(Path folder) throws IOException {
        Process process = new ProcessBuilder(folder.resolve("redis-server").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            Matcher version = VERSION.matcher(Objects.requireNonNullElse(lines.readLine(), ""));
            return version.find() ? version.group(1) : "of an unknown version";
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!accepts()) {
            if (System.nanoTime() > deadline || ended()) {
                close();
                throw new IOException("it does not answer on port " + port);
            }
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(FreePort.onLoopback(port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean ended() throws IOException {
        try {
            return guard.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The version of the redis-server, such as {@code 7.0.15}. */
    public String version() {
        return version;
    }

    /** Its address. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends it; returns when it is gone. */
    @Override
    public void close() {
        try {
            guard.outputWriter().close();
            guard.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            // The guard does its work without a witness.
            Thread.currentThread().interrupt();
        }
    }
}
