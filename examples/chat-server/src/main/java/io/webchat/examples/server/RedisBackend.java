package io.webchat.examples.server;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node's connections to the Redis that it shares with the others. */
final class RedisBackend implements AutoCloseable {
    private static final long CHECK_SECONDS = 15;

    private final RedisConnections connections;

    private RedisBackend(RedisConnections connections) {
        this.connections = connections;
    }

    /** Connects in the background, to a Redis that is known to be fit. */
    static RedisBackend open(String url) {
        return new RedisBackend(RedisConnections.open(url));
    }

    /**
     * Connects, and waits until Redis has answered that it is fit.
     *
     * @throws IllegalArgumentException when the URL is wrong; the message shows no secret
     * @throws UncheckedIOException when Redis cannot be used, with one sentence that says why
     */
    static RedisBackend connect(String url) {
        RedisBackend backend = open(url);
        try {
            check(backend.connections);
            return backend;
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private static void check(RedisConnections connections) {
        try {
            connections.check().toCompletableFuture().get(CHECK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unusable(e.getCause() instanceof ChatException known ? known.detail() : "its check failed", e);
        } catch (TimeoutException e) {
            throw unusable("no answer in " + CHECK_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable("interrupted before it answered", e);
        }
    }

    private static UncheckedIOException unusable(String why, Exception cause) {
        return new UncheckedIOException("cannot use Redis: " + why, new IOException(cause));
    }

    /** Makes the chat route and queue through Redis. */
    void addTo(Chat.Builder chat) {
        chat.router(new RedisChatRouter(connections)).offlineQueue(new RedisOfflineQueue(connections));
    }

    @Override
    public void close() {
        connections.close();
    }
}
