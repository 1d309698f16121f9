package io.webchat.examples.server.push;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The pushes of one conversation to one browser: one is on its way at most, and the newest waits. For one thread. */
final class PushLane {
    /** What the pushes of a lane have in common. */
    record Key(URI endpoint, String topic) {
        static Key of(Push push) {
            return new Key(push.to().endpoint(), push.topic());
        }
    }

    /**
     * A push that waits.
     *
     * @param until when it is given up, in nanoseconds
     */
    record Waiting(Push push, long until) {}

    /** What is to happen with a lane. */
    enum State {
        /** Its push is sent as soon as there is a place. */
        READY,
        /** A push is on its way. */
        SENDING,
        /** Its push waits for a time to pass. */
        PAUSED
    }

    private final Key key;
    private State state = State.READY;
    private @Nullable Waiting waiting;
    private int failures;

    PushLane(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    State state() {
        return state;
    }

    void setState(State value) {
        state = value;
    }

    /** Lets a push wait; returns whether an older one made way for it. */
    boolean put(Waiting newer) {
        boolean isReplaced = waiting != null;
        waiting = newer;
        return isReplaced;
    }

    /** A push failed, and waits again unless a newer one does. */
    void putBack(Waiting failed) {
        failures++;
        if (waiting == null) {
            waiting = failed;
        }
    }

    /** Takes the push that waits. */
    @Nullable
    Waiting take() {
        Waiting taken = waiting;
        waiting = null;
        return taken;
    }

    /** The last push was no failure that a repetition mends. */
    void forgetFailures() {
        failures = 0;
    }

    boolean isEmpty() {
        return waiting == null;
    }

    /** The failures in a row. */
    int failures() {
        return failures;
    }
}
