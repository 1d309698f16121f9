package io.webchat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client of Engine.IO 3 or 4 that polls whenever it is asked for a packet. */
public final class PollingClient implements WireClient {
    private final int version;
    private final URI session;
    private final Deque<String> packets = new ArrayDeque<>();

    /**
     * Opens a session.
     *
     * @param server the address of the server
     * @param more more parameters of the handshake, each with its ampersand
     */
    public PollingClient(URI server, int version, String more) throws IOException, InterruptedException {
        this.version = version;
        String query = "/socket.io/?EIO=" + version + "&transport=polling";
        HttpResponse<String> open = TestHttp.get(server.resolve(query + more));
        this.session = server.resolve(query + "&sid=" + TestHttp.sid(open.body()));
        packets.addAll(PollingPayload.packets(version, open.body()));
        assertThat(packets.poll()).startsWith("0{");
    }

    @Override
    public void send(String packet) throws IOException, InterruptedException {
        assertThat(TestHttp.send("POST", session, PollingPayload.of(version, packet))
                        .statusCode())
                .isEqualTo(200);
    }

    @Override
    public String nextMessage() throws IOException, InterruptedException {
        while (true) {
            while (packets.isEmpty()) {
                HttpResponse<String> polled = TestHttp.get(session);
                assertThat(polled.statusCode()).as(polled.body()).isEqualTo(200);
                packets.addAll(PollingPayload.packets(version, polled.body()));
            }
            String next = packets.remove();
            if (!next.equals("2")) {
                return next;
            }
        }
    }
}
