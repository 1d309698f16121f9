package io.webchat.socketio.internal.engineio;

/**
 * How much one client may send or leave waiting.
 *
 * @param maxMessage bytes of one websocket message
 * @param maxPayload bytes of one polling body, which may hold many messages; announced to clients
 * @param maxBody bytes of the body of any other HTTP request
 * @param maxPackets packets in one polling body
 * @param pendingHigh bytes waiting for one client from which on its connection is not writable
 * @param pendingLow bytes waiting at which it becomes writable again
 * @param pendingMax bytes waiting that close it
 */
public record TransportLimits(
        int maxMessage,
        int maxPayload,
        int maxBody,
        int maxPackets,
        long pendingHigh,
        long pendingLow,
        long pendingMax) {
    private static final int ENVELOPE = 16 * 1024;
    // JSON may spell one byte of text as six (an escaped control character), and once more as seven inside a string.
    private static final int WORST_ESCAPE = 8;
    // Clients put all that they buffered into one body, and those of Engine.IO 3 know no limit.
    private static final int MIN_PAYLOAD = 512 * 1024;
    private static final int MAX_PACKETS = 4096;

    /**
     * Returns the limits under which the longest text passes, however it is escaped.
     *
     * @param maxTextBytes bytes of a message's text, in UTF-8
     * @param maxBody bytes of the body of a request to a route
     * @param pendingMax bytes waiting for one client that close its connection
     * @throws ArithmeticException when a message with such a text would not fit into an array
     */
    public static TransportLimits forText(int maxTextBytes, int maxBody, long pendingMax) {
        int message = Math.addExact(Math.multiplyExact(maxTextBytes, WORST_ESCAPE), ENVELOPE);
        int payload = Math.max(message, MIN_PAYLOAD);
        return new TransportLimits(message, payload, maxBody, MAX_PACKETS, pendingMax / 8, pendingMax / 16, pendingMax);
    }

    /** Returns the larger of the two limits on an HTTP request's body. */
    public int maxHttpBody() {
        return Math.max(maxPayload, maxBody);
    }
}
