/**
 * The integration of webchat with Spring Boot: properties, beans that an application may replace, the lifecycle, a
 * health indicator and metrics. It knows nothing of this application, and can be copied into another one.
 */
@NullMarked
package io.webchat.examples.spring.chat;

import org.jspecify.annotations.NullMarked;
