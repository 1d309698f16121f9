package io.webchat.socketio;

/**
 * How much one client may send or leave waiting.
 *
 * @param maxPayload bytes of one websocket message or polling body, announced to clients
 * @param maxBody bytes of the body of any other HTTP request
 * @param maxPackets packets in one polling body
 * @param pendingHigh bytes waiting for one client from which on its connection is not writable
 * @param pendingLow bytes waiting at which it becomes writable again
 * @param pendingMax bytes waiting that close it
 */
record Limits(int maxPayload, int maxBody, int maxPackets, long pendingHigh, long pendingLow, long pendingMax) {
    private static final int ENVELOPE = 16 * 1024;
    // JSON may spell one byte of text as six (an escaped control character), and once more as seven inside a string.
    private static final int WORST_ESCAPE = 8;
    private static final int MAX_PACKETS = 256;

    static Limits forText(int maxTextBytes, int maxBody, long pendingMax) {
        int payload = Math.addExact(Math.multiplyExact(maxTextBytes, WORST_ESCAPE), ENVELOPE);
        return new Limits(payload, maxBody, MAX_PACKETS, pendingMax / 8, pendingMax / 16, pendingMax);
    }

    /** Returns the larger of the two limits on an HTTP request's body. */
    int maxHttpBody() {
        return Math.max(maxPayload, maxBody);
    }
}
