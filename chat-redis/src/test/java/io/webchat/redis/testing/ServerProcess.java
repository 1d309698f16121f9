package io.webchat.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** A redis-server process that can be killed, paused and started again in the same folder. The owner synchronizes. */
final class ServerProcess {
    private static final long READY_SECONDS = 30;
    private static final String CONFIG = "redis.conf";
    /** A write beyond the size limit of a process shall fail as on a full disk, and not end the process. */
    private static final List<String> WITHOUT_SIZE_SIGNAL =
            List.of("/bin/sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\"");

    private final ProcessFolder home;
    private final List<String> mode;
    private @Nullable Process process;

    ServerProcess(ProcessFolder home, List<String> mode) {
        this.home = home;
        this.mode = mode;
    }

    void configure(List<String> config) {
        try {
            Files.write(home.file(CONFIG), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server and waits until it answers. */
    void start(RedisEndpoint endpoint) throws NotStarted {
        Process started = launch();
        process = started;
        home.occupy(started);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!isReady(started, endpoint)) {
            if (ended(started) || System.nanoTime() > deadline) {
                kill();
                throw new NotStarted(log());
            }
        }
    }

    private Process launch() {
        List<String> command = new ArrayList<>(WITHOUT_SIZE_SIGNAL);
        command.addAll(List.of(Executable.path().toString(), home.file(CONFIG).toString()));
        command.addAll(mode);
        try {
            return new ProcessBuilder(command)
                    .directory(home.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this very process answers: another server may have taken the port and would answer too. */
    private static boolean isReady(Process started, RedisEndpoint endpoint) {
        try {
            endpoint.command("PING");
            return Long.toString(started.pid()).equals(endpoint.info("server").get("process_id"));
        } catch (JedisException notYet) {
            return false;
        }
    }

    private static boolean ended(Process started) {
        try {
            return started.waitFor(2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a Redis server started", e);
        }
    }

    boolean isRunning() {
        Process started = process;
        return started != null && started.isAlive();
    }

    /** Ends the server as {@code kill -9} does, and returns when it has ended. */
    void kill() {
        Process running = process;
        if (running != null) {
            SystemCommand.exitCode(running.destroyForcibly());
            process = null;
            home.vacate();
        }
    }

    void signal(String name) {
        run("kill", "-" + name, pid());
    }

    /** Sets the largest size of a file to which the server may write, in bytes or {@code unlimited}. */
    void limitFiles(String size) {
        run("prlimit", "--pid", pid(), "--fsize=" + size + ":unlimited");
    }

    private String pid() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException("The Redis server does not run");
        }
        return Long.toString(running.pid());
    }

    private static void run(String... command) {
        try {
            SystemCommand.run(List.of(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(logFile(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return home.file("redis.log");
    }

    /** The server ended or did not answer in time. The message contains its log. */
    static final class NotStarted extends Exception {
        NotStarted(String log) {
            super("The Redis server did not start. Its log:\n" + log);
        }

        boolean portTaken() {
            // Each C library words the reason that follows differently.
            return String.valueOf(getMessage()).contains("Failed listening on port");
        }
    }
}
