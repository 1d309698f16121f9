package io.webchat.socketio.internal.engineio.packet;

/** A client sent input that the protocol does not allow. Its connection is closed; the message is the reason. */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes a violation with a reason for the log. */
    public ProtocolViolation(String message) {
        // No stack trace: clients may cause many violations, and the place in the code does not matter.
        super(message, null, false, false);
    }
}
