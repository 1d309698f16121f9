package io.webchat.socketio.internal.engineio.packet;

/** A peer sent what no well-behaved client sends; its connection is closed, with the message as the reason. */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String message) {
        // Violations are a peer's choice and may come in floods: no stack trace, which nobody would read.
        super(message, null, false, false);
    }
}
