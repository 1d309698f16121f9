package io.webchat.examples.server;

import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;

/** A socket of the Java client that confirms each event. */
final class ConfirmingSocket {
    private ConfirmingSocket() {}

    /** Connects, and waits until it is connected; notes the events. */
    static Socket connect(int port, String token, List<JSONObject> received) {
        Socket socket = IO.socket(
                URI.create("http://localhost:" + port),
                IO.Options.builder()
                        .setForceNew(true)
                        .setAuth(Map.of("token", token))
                        .build());
        socket.on("chat", args -> {
            received.add((JSONObject) args[0]);
            if (args[args.length - 1] instanceof Ack confirm) {
                confirm.call();
            }
        });
        socket.connect();
        await().atMost(Duration.ofSeconds(30)).until(socket::connected);
        return socket;
    }
}
