package io.webchat.socketio.internal.engineio;

import java.time.Duration;

/**
 * How long the transport waits for what.
 *
 * @param pingInterval between two heartbeats
 * @param pingTimeout for the answer to a heartbeat
 * @param connect for a new session to authenticate
 * @param upgrade for a websocket to take over from polling, once open
 * @param stall for a client that does not take what waits for it
 * @param closeGrace for a client to go by itself after it was told to
 * @param httpIdle for the next request on a kept-alive HTTP connection, for a request to arrive in full, and for a
 *     response to be taken in full
 */
public record TransportTimeouts(
        Duration pingInterval,
        Duration pingTimeout,
        Duration connect,
        Duration upgrade,
        Duration stall,
        Duration closeGrace,
        Duration httpIdle) {

    /** Returns the defaults, of which some are those of the official servers. */
    public static TransportTimeouts standard() {
        return new TransportTimeouts(
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }

    /** Returns the same with another heartbeat. */
    public TransportTimeouts withPing(Duration interval, Duration timeout) {
        return new TransportTimeouts(interval, timeout, connect, upgrade, stall, closeGrace, httpIdle);
    }

    /** Returns the same with another time to authenticate. */
    public TransportTimeouts withConnect(Duration timeout) {
        return new TransportTimeouts(pingInterval, pingTimeout, timeout, upgrade, stall, closeGrace, httpIdle);
    }

    /** Returns the same with another time for a websocket to take over. */
    public TransportTimeouts withUpgrade(Duration timeout) {
        return new TransportTimeouts(pingInterval, pingTimeout, connect, timeout, stall, closeGrace, httpIdle);
    }

    /** Returns the same with another time for a client that takes no output. */
    public TransportTimeouts withStall(Duration timeout) {
        return new TransportTimeouts(pingInterval, pingTimeout, connect, upgrade, timeout, closeGrace, httpIdle);
    }

    /** Returns the same with another idle time-out of HTTP connections. */
    public TransportTimeouts withHttpIdle(Duration timeout) {
        return new TransportTimeouts(pingInterval, pingTimeout, connect, upgrade, stall, closeGrace, timeout);
    }
}
