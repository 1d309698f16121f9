/**
 * webchat in an application on Spring Boot 3.5 or 4. With this module on the class path, a bean of type {@code
 * io.webchat.core.Authenticator} makes the application a chat server. Every other part can be replaced by a bean too.
 */
@NullMarked
package io.webchat.socketio.spring;

import org.jspecify.annotations.NullMarked;
