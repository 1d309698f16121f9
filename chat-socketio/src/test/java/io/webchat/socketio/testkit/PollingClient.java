package io.webchat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

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
        packets.addAll(unpacked(open.body()));
        assertThat(packets.poll()).startsWith("0{");
    }

    @Override
    public void send(String packet) throws IOException, InterruptedException {
        String payload = version == 3 ? packet.length() + ":" + packet : packet;
        assertThat(TestHttp.send("POST", session, payload).statusCode()).isEqualTo(200);
    }

    @Override
    public String nextMessage() throws IOException, InterruptedException {
        while (true) {
            while (packets.isEmpty()) {
                HttpResponse<String> polled = TestHttp.get(session);
                assertThat(polled.statusCode()).as(polled.body()).isEqualTo(200);
                packets.addAll(unpacked(polled.body()));
            }
            String next = packets.remove();
            if (!next.equals("2")) {
                return next;
            }
        }
    }

    private List<String> unpacked(String payload) {
        if (version == 4) {
            return List.of(payload.split("\u001e", -1));
        }
        Deque<String> found = new ArrayDeque<>();
        for (int at = 0; at < payload.length(); ) {
            int colon = payload.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(payload.substring(at, colon));
            found.add(payload.substring(colon + 1, end));
            at = end;
        }
        return List.copyOf(found);
    }
}
