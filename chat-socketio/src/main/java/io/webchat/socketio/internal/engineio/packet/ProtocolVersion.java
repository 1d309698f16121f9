package io.webchat.socketio.internal.engineio.packet;

import org.jspecify.annotations.Nullable;

/** The supported versions of the Engine.IO protocol. */
public enum ProtocolVersion {
    /** Version 3, which clients of Socket.IO 1 and 2 speak. */
    V3,
    /** Version 4, which clients of Socket.IO 3 and 4 speak. */
    V4;

    /** Returns the version that a query parameter names; null if it is not supported. */
    public static @Nullable ProtocolVersion of(@Nullable String parameter) {
        return "4".equals(parameter) ? V4 : "3".equals(parameter) ? V3 : null;
    }
}
