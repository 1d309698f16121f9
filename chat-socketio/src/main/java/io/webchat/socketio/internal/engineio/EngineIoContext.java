package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import com.corundumstudio.socketio.scheduler.SchedulerKey;

/**
 * The parts that all sessions of a server share.
 *
 * @param limits the limits of each client
 * @param timeouts the time-outs of each client
 * @param handlers makes the message handler of each new session
 * @param sessions the sessions by id and by channel
 * @param scheduler the library's timer
 */
record EngineIoContext(
        TransportLimits limits,
        TransportTimeouts timeouts,
        EngineIoMessageHandler.Factory handlers,
        EngineIoSessions sessions,
        CancelableScheduler scheduler) {

    /** Cancels the library's time-out of an upgrade, which would end the whole session instead of the new websocket. */
    void cancelUpgradeTimeout(ClientHead head) {
        scheduler.cancel(new SchedulerKey(SchedulerKey.Type.UPGRADE_TIMEOUT, head.getSessionId()));
    }
}
