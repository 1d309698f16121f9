package io.webchat.examples.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the application itself is told.
 *
 * @param jwtSecret the HS256 key of the tokens, 32 bytes of UTF-8 or more; one for this run where there is none
 * @param pushUrl the push gateway; where there is none the log tells who would be notified
 */
@ConfigurationProperties("host")
record HostProperties(@Nullable String jwtSecret, @Nullable URI pushUrl) {}
