package io.webchat.examples.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A class that a page shows, run in a JVM of its own, on a free port in place of 9092. */
final class Program implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Process process;
    private final int port;

    private Program(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Program start(Path folder, Block block) throws IOException {
        int port = freePort();
        return new Program(
                java(folder, block, port).redirectErrorStream(true).inheritIO().start(), port);
    }

    private static ProcessBuilder java(Path folder, Block block, int port) {
        JavaSource source = JavaSource.of(block);
        JavaSource moved = new JavaSource(source.name(), source.code().replace("9092", Integer.toString(port)));
        List<String> faults = Compiled.into(folder, List.of(moved));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(block.where() + ": " + faults);
        }
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Such a JVM starts in half the time.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                folder + File.pathSeparator + System.getProperty("java.class.path"),
                source.name());
    }

    /** What another class prints that talks to this one, until it ends. */
    String output(Path folder, Block block) throws IOException, InterruptedException {
        Process other = java(folder, block, port).redirectErrorStream(true).start();
        try {
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> {
                try {
                    return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return other.waitFor(SECONDS, TimeUnit.SECONDS) ? output.join() : "it does not end";
        } finally {
            other.destroyForcibly();
        }
    }

    boolean listens() {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
