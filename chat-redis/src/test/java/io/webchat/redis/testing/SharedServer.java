package io.webchat.redis.testing;

/** Starts the shared server in another way than {@link RedisServer}; found by {@link java.util.ServiceLoader}. */
interface SharedServer {
    /** Starts the server and returns its URL. The server ends with this JVM. */
    String start();
}
