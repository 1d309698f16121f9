package io.webchat.socketio.internal.engineio.packet;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import org.jspecify.annotations.Nullable;

/** The two Engine.IO protocols spoken here: 4 (Socket.IO 3 and 4 clients) and 3 (Socket.IO 1 and 2 clients). */
public enum ProtocolVersion {
    /** Of Socket.IO 1 and 2 clients. */
    V3,
    /** Of Socket.IO 3 and 4 clients. */
    V4;

    public static @Nullable ProtocolVersion of(@Nullable String parameter) {
        return "4".equals(parameter) ? V4 : "3".equals(parameter) ? V3 : null;
    }

    public static ProtocolVersion of(ClientHead head) {
        return head.getEngineIOVersion() == EngineIOVersion.V4 ? V4 : V3;
    }
}
