package io.webchat.examples.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The application's own properties.
 *
 * @param jwtSecret the HS256 key of the tokens, at least 32 bytes of UTF-8; without one, a random key for this run
 * @param pushUrl the push gateway; without one, the log names the people to notify
 */
@ConfigurationProperties("host")
record HostProperties(@Nullable String jwtSecret, @Nullable URI pushUrl) {}
