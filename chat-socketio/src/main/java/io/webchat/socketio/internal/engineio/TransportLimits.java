package io.webchat.socketio.internal.engineio;

import org.jspecify.annotations.Nullable;

/**
 * The limits of each client: the sizes of its input, and the bytes that may wait for it.
 *
 * @param maxMessage the largest websocket message of an authenticated client, in bytes. It is larger than any message
 *     that the chat accepts, so that a text that is too long gets an answer
 * @param maxPayload the largest polling body of an authenticated client, in bytes. It may contain many messages.
 *     Clients are told this limit
 * @param maxEarly the number of bytes that a websocket or a polling body may bring before the client authenticates
 * @param maxBody the largest body of any other HTTP request, in bytes
 * @param maxPackets the largest number of packets in one polling body
 * @param pendingHigh with more waiting bytes than this, the connection is not writable
 * @param pendingLow with this many waiting bytes, the connection becomes writable again
 * @param pendingMax with more waiting bytes than this, the connection is closed
 */
public record TransportLimits(
        int maxMessage,
        int maxPayload,
        int maxEarly,
        int maxBody,
        int maxPackets,
        long pendingHigh,
        long pendingLow,
        long pendingMax) {
    private static final int ENVELOPE = 16 * 1024;
    // JSON may write one byte of text as six bytes (an escaped control character), and as seven inside another string.
    private static final int WORST_ESCAPE = 8;
    private static final int MIN_MESSAGE = 512 * 1024;
    // Clients put all buffered packets into one body, and Socket.IO 1 writes two bytes for each byte beyond ASCII. So a
    // megabyte of unanswered messages always fits. Clients of Engine.IO 3 and the Java client know no limit.
    private static final int MIN_PAYLOAD = 2 * 1024 * 1024;
    private static final int MIN_HTTP_BODY = 512 * 1024;
    private static final int MAX_EARLY = 64 * 1024;
    private static final int MAX_PACKETS = 4096;

    /**
     * Returns limits that allow the largest content, however it is escaped.
     *
     * @param maxContentBytes the longest text and the largest data of a message together, in bytes of UTF-8
     * @param maxBody the largest body of a request to a route, in bytes
     * @param pendingMax the number of waiting bytes that closes a connection
     * @throws ArithmeticException if such a message would not fit into an array
     */
    public static TransportLimits forContent(int maxContentBytes, int maxBody, long pendingMax) {
        int longest = Math.addExact(Math.multiplyExact(maxContentBytes, WORST_ESCAPE), ENVELOPE);
        int message = Math.max(longest, MIN_MESSAGE);
        int payload = Math.max(message, MIN_PAYLOAD);
        return new TransportLimits(
                message, payload, MAX_EARLY, maxBody, MAX_PACKETS, pendingMax / 8, pendingMax / 16, pendingMax);
    }

    /** Returns the largest polling body of a session, in bytes; null stands for an unknown session. */
    int maxBody(@Nullable EngineIoSession session) {
        return session != null && session.signedIn() ? maxPayload : maxEarly;
    }

    /** Returns the largest body of a request that does not concern Engine.IO, in bytes. */
    public int maxHttpBody() {
        return Math.max(MIN_HTTP_BODY, maxBody);
    }
}
