package io.webchat.socketio.internal.engineio.packet;

/** A client sent input that the protocol does not allow. Its connection is closed; the message is the reason. */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** Makes a violation with a reason in a few words, for the log and for the client. */
    public ProtocolViolation(String reason) {
        // No stack trace: clients may cause many violations, and the place in the code does not matter.
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Returns the reason. */
    public String reason() {
        return reason;
    }
}
