package io.webchat.examples.benchmarks.load;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The least that netty-socketio can do for a chat: passes the packets of one client to the other one, and
 * acknowledges. It stores nothing, orders nothing and checks nothing; whoever is not there gets nothing.
 */
public final class RelayServer {
    private static final String USER = "user";

    private final Map<String, SocketIOClient> clients = new ConcurrentHashMap<>();

    private RelayServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        int port = freePort();
        SocketIOServer server = new RelayServer().start(port);
        try {
            ServerSide.serve(port);
        } finally {
            server.stop();
        }
    }

    /** The library does not say which port the system chose for it. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    private SocketIOServer start(int port) {
        SocketConfig sockets = new SocketConfig();
        sockets.setReuseAddress(true);
        Configuration config = new Configuration();
        config.setSocketConfig(sockets);
        config.setHostname("127.0.0.1");
        config.setPort(port);
        config.setWebsocketCompression(false);
        config.setHttpCompression(false);
        SocketIOServer server = new SocketIOServer(config);
        server.getNamespace("").addAuthTokenListener(this::enter);
        server.addDisconnectListener(client -> {
            if (client.get(USER) instanceof String user) {
                clients.remove(user, client);
            }
        });
        server.addEventListener("chat", JsonNode.class, this::relay);
        server.start();
        return server;
    }

    private AuthTokenResult enter(Object auth, SocketIOClient client) {
        if (auth instanceof Map<?, ?> fields && fields.get("token") instanceof String user) {
            client.set(USER, user);
            clients.put(user, client);
            return AuthTokenResult.AuthTokenResultSuccess;
        }
        return new AuthTokenResult(false, Map.of("message", "a token is needed"));
    }

    private void relay(SocketIOClient from, JsonNode event, AckRequest ack) {
        SocketIOClient to = clients.get(event.path("To").asText());
        if (to != null) {
            to.sendEvent("chat", event);
        }
        if (ack.isAckRequested()) {
            ack.sendAckData(
                    Map.of("ok", to != null, "MsgID", event.path("MsgID").asText()));
        }
    }
}
