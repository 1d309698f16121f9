/**
 * A Spring Boot application with users, REST and push notifications of its own. An application on Spring. The package
 * {@code io.webchat.examples.spring.chat} ties webchat to Spring; this one holds only the application's own code.
 */
@NullMarked
package io.webchat.examples.spring;

import org.jspecify.annotations.NullMarked;
