package io.webchat.examples.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.webchat.socketio.rest.Probes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /metrics} alone, on an address that only who collects them can reach. */
public final class MetricsAddress implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService thread;

    private MetricsAddress(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /**
     * Starts to listen.
     *
     * @throws UncheckedIOException when the address cannot be listened on, with one sentence that says so
     */
    public static MetricsAddress start(InetSocketAddress address, Supplier<String> figures) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
                Thread made = new Thread(work, "chat-server-metrics");
                made.setDaemon(true);
                return made;
            });
            server.setExecutor(thread);
            server.createContext(Probes.METRICS, exchange -> answer(exchange, figures));
            server.start();
            return new MetricsAddress(server, thread);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + " for metrics: " + e.getMessage(), e);
        }
    }

    private static void answer(HttpExchange exchange, Supplier<String> figures) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(Probes.METRICS);
            if (!known || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(known ? 405 : 404, -1);
                return;
            }
            byte[] body = figures.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
