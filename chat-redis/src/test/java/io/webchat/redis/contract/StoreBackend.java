package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisProfileStore;
import io.webchat.redis.RedisRoomStore;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Stores on nodes with their own connections.
 *
 * @param <T> the kind of store
 */
final class StoreBackend<T> implements ContractBackend<T> {
    private final RedisConfig config;
    private final Function<RedisConnections, T> store;
    private final ConcurrentLinkedQueue<RedisConnections> opened = new ConcurrentLinkedQueue<>();

    private StoreBackend(RedisConfig config, Function<RedisConnections, T> store) {
        this.config = config;
        this.store = store;
    }

    static ContractBackend<RoomStore> rooms(RedisConfig config) {
        return new StoreBackend<>(config, RedisRoomStore::new);
    }

    static ContractBackend<ProfileStore> profiles(RedisConfig config) {
        return new StoreBackend<>(config, RedisProfileStore::new);
    }

    @Override
    public T node() {
        RedisConnections connections = RedisConnections.open(config);
        opened.add(connections);
        return store.apply(connections);
    }

    @Override
    public void close() {
        opened.forEach(RedisConnections::close);
    }
}
