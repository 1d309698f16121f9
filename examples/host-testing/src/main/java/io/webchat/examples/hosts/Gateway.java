package io.webchat.examples.hosts;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;

/** A push gateway that remembers what it was told. */
public final class Gateway implements AutoCloseable {
    private final List<JSONObject> notifications = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * Listens on a free port of the loopback interface.
     *
     * @throws IOException when it cannot
     */
    public Gateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/push", exchange -> {
            notifications.add(
                    new JSONObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** Its address. */
    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/push");
    }

    /** The notifications so far. */
    public List<JSONObject> notifications() {
        return notifications;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
