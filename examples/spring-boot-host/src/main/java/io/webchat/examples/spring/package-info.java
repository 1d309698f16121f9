/**
 * A Spring Boot application with users, REST and push notifications of its own. Its chat comes from {@code
 * chat-socketio} on the class path, from {@code application.properties}, and from the beans in this package.
 */
@NullMarked
package io.webchat.examples.spring;

import org.jspecify.annotations.NullMarked;
