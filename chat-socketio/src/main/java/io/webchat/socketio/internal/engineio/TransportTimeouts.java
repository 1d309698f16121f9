package io.webchat.socketio.internal.engineio;

import java.time.Duration;

/**
 * The time-outs of each client.
 *
 * @param pingInterval the time between two heartbeats
 * @param pingTimeout the time for the answer to a heartbeat
 * @param connect the time for a new session to authenticate
 * @param upgrade the time for an open websocket to take over from polling
 * @param stall the time for a client to catch up after its connection became unwritable
 * @param closeGrace the time for a client to disconnect by itself after it was told to
 * @param httpIdle the time for a request to arrive in full, and for a response to leave in full
 * @param keepAlive the time until the next request of a connection begins
 */
public record TransportTimeouts(
        Duration pingInterval,
        Duration pingTimeout,
        Duration connect,
        Duration upgrade,
        Duration stall,
        Duration closeGrace,
        Duration httpIdle,
        Duration keepAlive) {
    /** The time for the client of a websocket that no session takes to close it. */
    static final Duration REFUSAL_GRACE = Duration.ofSeconds(1);

    /** Returns the defaults. Those of the heartbeats and of the upgrade are the official server's. */
    public static TransportTimeouts standard() {
        return new TransportTimeouts(
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                // Longer than proxies keep an idle connection: 60 s are the default of nginx and of Amazon's balancers.
                Duration.ofSeconds(75));
    }

    /** Returns the same with other times for heartbeats. */
    public TransportTimeouts withPing(Duration interval, Duration timeout) {
        return new TransportTimeouts(interval, timeout, connect, upgrade, stall, closeGrace, httpIdle, keepAlive);
    }

    /** Returns the same with another time to authenticate. */
    public TransportTimeouts withConnect(Duration timeout) {
        return new TransportTimeouts(
                pingInterval, pingTimeout, timeout, upgrade, stall, closeGrace, httpIdle, keepAlive);
    }

    /** Returns the same with another time for a websocket to take over. */
    public TransportTimeouts withUpgrade(Duration timeout) {
        return new TransportTimeouts(
                pingInterval, pingTimeout, connect, timeout, stall, closeGrace, httpIdle, keepAlive);
    }

    /** Returns the same with another time for a client that takes no output. */
    public TransportTimeouts withStall(Duration timeout) {
        return new TransportTimeouts(
                pingInterval, pingTimeout, connect, upgrade, timeout, closeGrace, httpIdle, keepAlive);
    }

    /** Returns the same with this time for each part of an HTTP exchange, and for the next request. */
    public TransportTimeouts withHttpIdle(Duration timeout) {
        return new TransportTimeouts(pingInterval, pingTimeout, connect, upgrade, stall, closeGrace, timeout, timeout);
    }

    /** Returns the same with another time until the next request. */
    public TransportTimeouts withKeepAlive(Duration timeout) {
        return new TransportTimeouts(pingInterval, pingTimeout, connect, upgrade, stall, closeGrace, httpIdle, timeout);
    }
}
