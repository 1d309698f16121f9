package io.webchat.examples.server.accounts;

import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisValues;
import io.webchat.redis.testing.RedisServers;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;

class RedisAccountStoreTest implements AccountStoreContract {
    private final ConcurrentLinkedQueue<RedisConnections> opened = new ConcurrentLinkedQueue<>();

    @Override
    public AccountStore node(AccountPart part) {
        RedisConnections redis = RedisConnections.open(RedisServers.shared().url());
        opened.add(redis);
        return new RedisAccountStore(new RedisValues(redis), part);
    }

    @AfterEach
    void close() {
        opened.forEach(RedisConnections::close);
    }
}
