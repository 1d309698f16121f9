package io.webchat.socketio.transport;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import com.corundumstudio.socketio.scheduler.SchedulerKey;
import java.util.function.Function;

/**
 * What all sessions of one transport share.
 *
 * @param limits how much a client may send or leave waiting
 * @param timings how long the transport waits for what
 * @param handlers makes the layer above's half of a new connection
 * @param sessions the sessions by id and by channel
 * @param scheduler the library's timer
 */
record TransportContext(
        Limits limits,
        Timings timings,
        Function<SocketConnection, SocketHandler> handlers,
        Sessions sessions,
        CancelableScheduler scheduler) {

    /** The library's own time-out of upgrades ends the session, where only the new websocket should go. */
    void cancelUpgradeTimeout(ClientHead head) {
        scheduler.cancel(new SchedulerKey(SchedulerKey.Type.UPGRADE_TIMEOUT, head.getSessionId()));
    }
}
