package io.webchat.socketio.internal.engineio;

/**
 * The limits of each client: the sizes of its input, and the bytes that may wait for it.
 *
 * @param maxMessage the largest websocket message, in bytes
 * @param maxPayload the largest polling body, in bytes. It may contain many messages. Clients are told this limit
 * @param maxBody the largest body of any other HTTP request, in bytes
 * @param maxPackets the largest number of packets in one polling body
 * @param pendingHigh with more waiting bytes than this, the connection is not writable
 * @param pendingLow with this many waiting bytes, the connection becomes writable again
 * @param pendingMax with more waiting bytes than this, the connection is closed
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
    // JSON may write one byte of text as six bytes (an escaped control character), and as seven inside another string.
    private static final int WORST_ESCAPE = 8;
    // Clients put all buffered packets into one body. Clients of Engine.IO 3 know no limit.
    private static final int MIN_PAYLOAD = 512 * 1024;
    private static final int MAX_PACKETS = 4096;

    /**
     * Returns limits that allow the longest text, however it is escaped.
     *
     * @param maxTextBytes the longest text of a message, in bytes of UTF-8
     * @param maxBody the largest body of a request to a route, in bytes
     * @param pendingMax the number of waiting bytes that closes a connection
     * @throws ArithmeticException if a message with such a text would not fit into an array
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
