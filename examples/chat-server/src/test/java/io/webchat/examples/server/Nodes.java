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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** Server processes over the same backends, each on a port that it has again after a restart. */
public final class Nodes implements AutoCloseable {
    private static final String SECRET = "a secret that all nodes of a test share";
    // Below the ports that the kernel gives to outgoing connections, which could take that of a node that is down.
    private static final int LOWEST_PORT = 15_000;
    private static final int HIGHEST_PORT = 32_000;

    // Longer than any node's clock is ahead.
    private static final Duration LIFETIME = Duration.ofDays(100);

    private final Tokens tokens = new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), LIFETIME, Clock.systemUTC());
    private final IntFunction<Map<String, String>> environment;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ServerProcess> processes = new CopyOnWriteArrayList<>();

    /** So many over one Redis. */
    Nodes(String redisUrl, int count) throws IOException {
        this(count, node -> Map.of("CHAT_REDIS", redisUrl));
    }

    /** So many, each with options of its own in its environment. Returns when they listen. */
    public Nodes(int count, IntFunction<Map<String, String>> environment) throws IOException {
        this.environment = environment;
        for (int i = 0; i < count; i++) {
            ports.add(freePort());
        }
        try {
            for (int i = 0; i < count; i++) {
                processes.add(launch(i));
            }
            processes.forEach(ServerProcess::port);
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
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

    private ServerProcess launch(int node) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("CHAT_AUTH_SECRET", SECRET, "CHAT_RATE_LIMIT", "0"));
        all.putAll(environment.apply(node));
        return ServerProcess.start(all, "--port", Integer.toString(ports.get(node)));
    }

    /** How many there are, those that have ended included. */
    public int count() {
        return ports.size();
    }

    /** The address of a node; numbers beyond the last begin anew. */
    public String url(int node) {
        return "http://127.0.0.1:" + ports.get(Math.floorMod(node, ports.size()));
    }

    /** A token that each of the nodes takes. */
    public String token(String user) {
        return tokens.issue(UserId.of(user)).token();
    }

    /** A token that was good once. */
    String expiredToken(String user) {
        Clock then = Clock.offset(Clock.systemUTC(), LIFETIME.plusSeconds(1).negated());
        return new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), LIFETIME, then)
                .issue(UserId.of(user))
                .token();
    }

    /** Requests to a node with whatever token. */
    Rest restWith(int node, String token) {
        return new Rest(ports.get(node), token);
    }

    /** A user's requests to a node. */
    Rest rest(int node, String user) {
        return new Rest(ports.get(node), token(user));
    }

    /** One of them. */
    public ServerProcess get(int node) {
        return processes.get(node);
    }

    /** Starts a node that has ended again, on its port; returns when it listens. */
    public void restart(int node) throws IOException {
        processes.get(node).close();
        processes.set(node, launch(node));
        processes.get(node).port();
    }

    /** Starts again whatever node has ended. */
    public void restartTheDead() throws IOException {
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
