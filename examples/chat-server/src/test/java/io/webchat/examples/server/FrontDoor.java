package io.webchat.examples.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A load balancer: passes a connection on to the first node that takes it. A client that came through it stays where it
 * is when its node dies, and its next connection reaches another node. It can be a bad network, too.
 */
public final class FrontDoor implements AutoCloseable {
    private static final int BUFFER = 8_192;

    private final ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final List<Integer> nodes;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean losesAnswers;

    /** @param nodes the ports of the nodes, the preferred one first */
    public FrontDoor(List<Integer> nodes) throws IOException {
        this.nodes = nodes;
        start("front-door", this::accept);
    }

    /** The address that clients are given. */
    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on no answer comes through, until the connections are cut. */
    void loseAnswers() {
        losesAnswers = true;
    }

    /** Ends all connections; new ones lose nothing. */
    void cut() throws IOException {
        losesAnswers = false;
        for (Socket each : open) {
            each.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            start("front-door-connection", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        open.add(client);
        try (client;
                Socket node = connect()) {
            start("front-door-answers", () -> pump(node, client));
            pump(client, node);
        } finally {
            open.remove(client);
        }
    }

    private Socket connect() throws IOException {
        IOException last = new IOException("no node");
        for (int port : nodes) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException down) {
                last = down;
            }
        }
        throw last;
    }

    /** Until one of the two ends it; then neither stays open. */
    private void pump(Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (!losesAnswers || open.contains(from)) {
                    out.write(bytes, 0, count);
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // That a connection ends, or the door closes, is nothing to report.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
