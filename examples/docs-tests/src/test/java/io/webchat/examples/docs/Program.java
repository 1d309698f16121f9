package io.webchat.examples.docs;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/** A class that a page shows, run in a JVM of its own, on a free port in place of 9092. */
final class Program implements AutoCloseable {
    private final Process process;
    private final int port;

    private Program(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Program start(Path folder, Block block) throws IOException {
        int port = freePort();
        JavaSource source = JavaSource.of(block);
        JavaSource moved = new JavaSource(source.name(), source.code().replace("9092", Integer.toString(port)));
        List<String> faults = Compiled.into(folder, List.of(moved));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(block.where() + ": " + faults);
        }
        String path = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + System.getProperty("path.separator") + path,
                        source.name())
                .inheritIO()
                .start();
        return new Program(process, port);
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
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
