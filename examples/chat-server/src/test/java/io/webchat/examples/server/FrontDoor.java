package io.webchat.examples.server.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * A load balancer: passes a connection on to the first node that takes it. A page that came through it stays where it
 * is when its node dies, and its next connection reaches another node.
 */
final class FrontDoor implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final List<Integer> nodes;

    /** @param nodes the ports of the nodes, the preferred one first */
    FrontDoor(List<Integer> nodes) throws IOException {
        this.nodes = nodes;
        start("front-door", this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            start("front-door-connection", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket node = connect()) {
            start("front-door-answers", () -> pump(node, client));
            pump(client, node);
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
    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
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
