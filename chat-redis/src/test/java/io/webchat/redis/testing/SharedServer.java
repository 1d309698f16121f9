package io.webchat.redis.testing;

/** Where the shared server comes from, if not from {@link RedisServer}; found by {@link java.util.ServiceLoader}. */
interface SharedServer {
    /** Starts the server; it ends with this JVM. Returns the URL at which it answers. */
    String start();
}
