/** Redis for a chat in an application on Spring Boot 3.5 or 4: the property {@code webchat.redis.url} is enough. */
@NullMarked
package io.webchat.redis.spring;

import org.jspecify.annotations.NullMarked;
