package io.webchat.examples.server.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for the servers that this process starts. */
final class FreePort {
    // Below the ports that the kernel gives to outgoing connections, which could take that of a server that is down.
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /**
     * A port of the loopback interface that nobody listens on at this moment.
     *
     * @throws IOException when none was found
     */
    static int find() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(onLoopback(port));
                return port;
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IOException("no free port");
    }

    static InetSocketAddress onLoopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
