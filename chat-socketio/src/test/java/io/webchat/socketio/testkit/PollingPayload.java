package io.webchat.socketio.testkit;

import java.util.ArrayList;
import java.util.List;

/** The packets of one polling body of Engine.IO 3 or 4. */
final class PollingPayload {
    private static final String SEPARATOR = "\u001e";

    private PollingPayload() {}

    /** Returns the payload of these packets. */
    static String of(int version, String... packets) {
        if (version == 4) {
            return String.join(SEPARATOR, packets);
        }
        StringBuilder payload = new StringBuilder();
        for (String packet : packets) {
            payload.append(packet.length()).append(':').append(packet);
        }
        return payload.toString();
    }

    /** Returns the packets of this payload. */
    static List<String> packets(int version, String payload) {
        if (version == 4) {
            return List.of(payload.split(SEPARATOR, -1));
        }
        List<String> found = new ArrayList<>();
        for (int at = 0; at < payload.length(); ) {
            int colon = payload.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(payload.substring(at, colon));
            found.add(payload.substring(colon + 1, end));
            at = end;
        }
        return found;
    }
}
