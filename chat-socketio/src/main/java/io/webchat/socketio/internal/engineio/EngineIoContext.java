package io.webchat.socketio.internal.engineio;

/**
 * The parts that all sessions of a server share.
 *
 * @param limits the limits of each client
 * @param timeouts the time-outs of each client
 * @param handlers makes the message handler of each new session
 * @param sessions the sessions by id
 */
record EngineIoContext(
        TransportLimits limits,
        TransportTimeouts timeouts,
        EngineIoMessageHandler.Factory handlers,
        EngineIoSessions sessions) {}
