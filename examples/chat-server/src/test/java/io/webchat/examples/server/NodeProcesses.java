package io.webchat.examples.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** Nodes in processes of their own, each on a port that it has again after a restart. */
public final class NodeProcesses extends Nodes {
    // Below the ports that the kernel gives to outgoing connections, which could take that of a node that is down.
    private static final int LOWEST_PORT = 15_000;
    private static final int HIGHEST_PORT = 32_000;

    private final IntFunction<Map<String, String>> environment;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ServerProcess> processes = new CopyOnWriteArrayList<>();

    /** Starts this many nodes over one Redis; returns when they listen. */
    NodeProcesses(String redisUrl, int count) throws IOException {
        this(count, node -> Map.of("CHAT_REDIS", redisUrl));
    }

    /** Starts this many nodes, each with options of its own in its environment; returns when they listen. */
    public NodeProcesses(int count, IntFunction<Map<String, String>> environment) throws IOException {
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

    @Override
    public int count() {
        return ports.size();
    }

    @Override
    public int port(int node) {
        return ports.get(node);
    }

    @Override
    public String output(int node) {
        return get(node).output();
    }

    /** The process of a node. */
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
    public void close() {
        processes.forEach(ServerProcess::close);
    }
}
