/**
 * A Spring Boot application with users, REST and push notifications of its own. What ties webchat to Spring is in
 * {@code io.webchat.examples.spring.chat}; here is only what the application adds to it.
 */
@NullMarked
package io.webchat.examples.spring;

import org.jspecify.annotations.NullMarked;
