package io.webchat.socketio.transport;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import org.jspecify.annotations.Nullable;

/** The two Engine.IO protocols spoken here: 4 (Socket.IO 3 and 4 clients) and 3 (Socket.IO 1 and 2 clients). */
public enum EngineVersion {
    /** Of Socket.IO 1 and 2 clients. */
    V3,
    /** Of Socket.IO 3 and 4 clients. */
    V4;

    static @Nullable EngineVersion of(@Nullable String parameter) {
        return "4".equals(parameter) ? V4 : "3".equals(parameter) ? V3 : null;
    }

    static EngineVersion of(ClientHead head) {
        return head.getEngineIOVersion() == EngineIOVersion.V4 ? V4 : V3;
    }
}
