package io.webchat.socketio.spring;

import io.webchat.core.Chat;

/**
 * Changes the chat of the auto-configuration before it is built. Declare a bean of this type for settings that have no
 * property. Several of them run in their order ({@code @Order}).
 */
@FunctionalInterface
public interface ChatCustomizer {
    /** Changes the builder, which has the properties and the beans of the application already. */
    void customize(Chat.Builder chat);
}
