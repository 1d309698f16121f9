package io.webchat.examples.server.backends;

import io.webchat.core.Chat;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.RedisAccountStore;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.RedisProfileCache;
import io.webchat.redis.RedisProfileStore;
import io.webchat.redis.RedisRoomStore;
import io.webchat.redis.RedisValues;
import java.util.concurrent.CompletionStage;

/** One node's connections to the Redis that it shares with the others. */
public final class RedisBackend implements AutoCloseable {
    private final RedisConnections connections;

    private RedisBackend(RedisConnections connections) {
        this.connections = connections;
    }

    /** Connects in the background, to a Redis that is known to be fit. */
    public static RedisBackend open(RedisConfig config) {
        return new RedisBackend(RedisConnections.open(config));
    }

    /**
     * Connects, and waits until Redis has answered that it is fit.
     *
     * @throws java.io.UncheckedIOException when Redis cannot be used, with one sentence that says why
     */
    static RedisBackend connect(RedisConfig config) {
        RedisBackend backend = open(config);
        try {
            Startup.await("Redis", backend.check());
            return backend;
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    /** Makes the chat route and queue through Redis; returns the queues. */
    QueueRemoval addTo(Chat.Builder chat, QueueLimits limits) {
        RedisOfflineQueue queue = new RedisOfflineQueue(connections, limits);
        chat.router(new RedisChatRouter(connections)).offlineQueue(queue);
        return queue;
    }

    /** Makes the chat keep rooms, profiles and blocks there too. */
    void addStoresTo(Chat.Builder chat) {
        chat.rooms(new RedisRoomStore(connections)).profiles(new RedisProfileStore(connections));
    }

    /** The store behind a cache that all nodes share. */
    ProfileStore cached(ProfileStore store) {
        return new RedisProfileCache(connections, store);
    }

    /** A part of the accounts in the same Redis. */
    AccountStore accounts(AccountPart part) {
        return new RedisAccountStore(new RedisValues(connections), part);
    }

    /** Completes when Redis can be used; fails otherwise. */
    CompletionStage<Void> check() {
        return connections.check();
    }

    @Override
    public void close() {
        connections.close();
    }
}
