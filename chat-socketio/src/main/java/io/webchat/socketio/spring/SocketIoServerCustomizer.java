package io.webchat.socketio.spring;

import io.webchat.socketio.SocketIoServer;

/**
 * Changes the server of the auto-configuration before it starts. Declare a bean of this type for settings that have no
 * property, such as TLS and HTTP routes. Several of them run in their order ({@code @Order}).
 */
@FunctionalInterface
public interface SocketIoServerCustomizer {
    /** Changes the builder, which has the properties and the authenticator already. */
    void customize(SocketIoServer.Builder server);
}
