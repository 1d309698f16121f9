package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import com.corundumstudio.socketio.scheduler.SchedulerKey;

/**
 * What all sessions of one transport share.
 *
 * @param limits how much a client may send or leave waiting
 * @param timeouts how long the transport waits for what
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

    /** The library's own time-out of upgrades ends the session, where only the new websocket should go. */
    void cancelUpgradeTimeout(ClientHead head) {
        scheduler.cancel(new SchedulerKey(SchedulerKey.Type.UPGRADE_TIMEOUT, head.getSessionId()));
    }
}
