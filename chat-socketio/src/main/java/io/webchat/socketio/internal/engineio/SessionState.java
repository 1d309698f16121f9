package io.webchat.socketio.internal.engineio;

/** The states of a session, in order. Only {@link EngineIoSession} changes them, and nothing follows {@link #ENDED}. */
enum SessionState {
    /** The client polls. */
    POLLING,
    /** The client polls, and has opened a websocket that has not probed yet. */
    OFFERED,
    /** The websocket has probed. Each poll ends soon, so that the client can go over to the websocket. */
    PROBED,
    /** The websocket carries everything. */
    WEBSOCKET,
    /** The session is over. */
    ENDED;

    /** Tells whether the session takes polling requests. */
    boolean polls() {
        return this == POLLING || upgrades();
    }

    /** Tells whether a websocket is about to take over. */
    boolean upgrades() {
        return this == OFFERED || this == PROBED;
    }
}
