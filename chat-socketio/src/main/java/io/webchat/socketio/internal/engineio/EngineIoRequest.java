package io.webchat.socketio.internal.engineio;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Objects;

/**
 * The checked request that a channel is being bound for.
 *
 * @param webSocket whether it asks for a websocket, not for a polling response
 * @param handshake what it says of the client; of use where it begins a session
 */
record EngineIoRequest(boolean webSocket, Handshake handshake) {
    private static final AttributeKey<EngineIoRequest> ATTRIBUTE = AttributeKey.valueOf("webchat.request");

    void putOn(Channel channel) {
        channel.attr(ATTRIBUTE).set(this);
    }

    static EngineIoRequest on(Channel channel) {
        return Objects.requireNonNull(channel.attr(ATTRIBUTE).get(), "a channel is bound for a checked request only");
    }
}
