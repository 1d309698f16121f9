package io.webchat.redis.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Redis that joins the nodes of the chat.
 *
 * @param url the address, such as redis://localhost:6379, rediss://, redis-sentinel:// or redis-cluster://; no Redis if
 *     it is missing
 * @param username the user name, in place of one in the URL
 * @param password the password, in place of one in the URL
 * @param checkOnStart whether the application does not start while Redis is not usable
 */
@ConfigurationProperties("webchat.redis")
public record RedisChatProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("true") boolean checkOnStart) {
    /** Returns the properties without the password. */
    @Override
    public String toString() {
        return "RedisChatProperties[checkOnStart=" + checkOnStart + "]";
    }
}
