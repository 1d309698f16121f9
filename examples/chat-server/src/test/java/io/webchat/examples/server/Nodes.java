package io.webchat.examples.server;

import io.webchat.core.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Server processes over one Redis, each on a port that it has again after a restart. */
final class Nodes implements AutoCloseable {
    private static final String SECRET = "a secret that all nodes of a test share";
    // Below the ports that the kernel gives to outgoing connections, which could take that of a node that is down.
    private static final int LOWEST_PORT = 15_000;
    private static final int HIGHEST_PORT = 32_000;

    private final Tokens tokens =
            new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), Duration.ofHours(1), Clock.systemUTC());
    private final String redisUrl;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ServerProcess> processes = new ArrayList<>();

    Nodes(String redisUrl, int count) throws IOException {
        this.redisUrl = redisUrl;
        for (int i = 0; i < count; i++) {
            ports.add(freePort());
            processes.add(launch(ports.get(i)));
        }
        processes.forEach(ServerProcess::port);
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }

    private ServerProcess launch(int port) throws IOException {
        return ServerProcess.start(
                Map.of("CHAT_REDIS", redisUrl, "CHAT_AUTH_SECRET", SECRET),
                "--port",
                Integer.toString(port),
                "--rate-limit",
                "0");
    }

    int count() {
        return ports.size();
    }

    /** The address of a node; numbers beyond the last begin anew. */
    String url(int node) {
        return "http://127.0.0.1:" + ports.get(Math.floorMod(node, ports.size()));
    }

    /** A token that each of the nodes takes. */
    String token(String user) {
        return tokens.issue(UserId.of(user)).token();
    }

    ServerProcess get(int node) {
        return processes.get(node);
    }

    /** Starts a node that has ended again, on its port. */
    void restart(int node) throws IOException {
        processes.get(node).close();
        processes.set(node, launch(ports.get(node)));
        processes.get(node).port();
    }

    /** Starts again whatever node has ended. */
    void restartTheDead() throws IOException {
        for (int node = 0; node < count(); node++) {
            if (!get(node).isAlive()) {
                restart(node);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerProcess each : processes) {
            each.close();
        }
    }
}
