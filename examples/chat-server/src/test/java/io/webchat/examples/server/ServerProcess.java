package io.webchat.examples.server;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The bundled server in a process of its own. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("listens on (http://\\S+:(\\d+)/)");

    // Such a JVM starts in half the time, and a test's load is too short for more compiler or heap.
    private static final List<String> STARTS_FAST = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            // As the start commands of the documentation have it.
            "-XX:+ExitOnOutOfMemoryError");
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ServerProcess start(Map<String, String> environment, String... options) throws IOException {
        Path output = Files.createTempFile("chat-server", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(STARTS_FAST);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChatServer.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File(output.toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CHAT_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        output.toFile().deleteOnExit();
        // Also where nobody closes it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "test-end-of-server"));
        return new ServerProcess(process, output);
    }

    /** What it printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The port, once the server has printed its address. */
    public int port() {
        return ports(1).get(0);
    }

    /** The ports, once the server has printed so many addresses. */
    public List<Integer> ports(int count) {
        await().atMost(Duration.ofMinutes(2))
                .pollDelay(POLL)
                .pollInterval(POLL)
                .until(() -> !process.isAlive() || portsSoFar().size() >= count);
        List<Integer> ports = portsSoFar();
        if (ports.size() < count) {
            throw new AssertionError("the server did not start: " + output());
        }
        return ports;
    }

    private List<Integer> portsSoFar() {
        return ADDRESS.matcher(output())
                .results()
                .map(found -> Integer.valueOf(found.group(2)))
                .toList();
    }

    /** Whether the process has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Sends SIGKILL to the processes that it has started; returns when they are gone. */
    public void killChildren() {
        process.descendants().toList().forEach(each -> {
            each.destroyForcibly();
            each.onExit().join();
        });
    }

    /** Sends SIGSTOP: connections stay open, nothing is answered. */
    public void pause() throws Exception {
        signal("STOP");
    }

    /** Lets a paused process go on. */
    public void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int exitCode = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new AssertionError("kill -" + name + " ended with " + exitCode);
        }
    }

    /** Waits for the end, and returns what the process ended with. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the process goes on: " + output());
        }
        return process.exitValue();
    }

    /** Kills it where it is alive; what it printed can still be read. */
    @Override
    public void close() {
        kill();
    }
}
