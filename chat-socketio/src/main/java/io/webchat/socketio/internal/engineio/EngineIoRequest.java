package io.webchat.socketio.internal.engineio;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checked request whose channel the library is about to bind to a session.
 *
 * @param webSocket whether the request upgrades to a websocket; else it is a polling request
 * @param sessionId the session; null if the request begins one
 * @param handshake the client's handshake, used if the request begins a session
 */
record EngineIoRequest(boolean webSocket, @Nullable UUID sessionId, Handshake handshake) {
    private static final AttributeKey<EngineIoRequest> ATTRIBUTE = AttributeKey.valueOf("webchat.request");

    void putOn(Channel channel) {
        channel.attr(ATTRIBUTE).set(this);
    }

    static EngineIoRequest on(Channel channel) {
        return Objects.requireNonNull(channel.attr(ATTRIBUTE).get(), "a channel is only bound for a checked request");
    }
}
