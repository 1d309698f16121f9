package io.webchat.socketio.internal.http;

/**
 * Counts the faults of peers. A peer cannot fill the log: its faults are counted and logged at DEBUG. Only the names of
 * the first refused origins are warnings.
 */
@FunctionalInterface
public interface PeerFaults {
    /** Counts one fault. Called on network threads; must be quick. */
    void count(PeerFault fault);
}
