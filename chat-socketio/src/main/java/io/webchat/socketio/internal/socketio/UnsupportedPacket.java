package io.webchat.socketio.internal.socketio;

/**
 * A packet that the protocol allows and this server does not support. Its connection lives; the message is the reason.
 */
final class UnsupportedPacket extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnsupportedPacket(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
