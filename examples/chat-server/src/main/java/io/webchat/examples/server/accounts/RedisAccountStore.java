package io.webchat.examples.server.accounts;

import io.webchat.core.ids.UserId;
import io.webchat.redis.RedisValues;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Accounts in Redis, each under the name {@code account:<user>}. */
public final class RedisAccountStore implements AccountStore {
    private final RedisValues values;

    /** Accounts among these values. */
    public RedisAccountStore(RedisValues values) {
        this.values = values;
    }

    @Override
    public CompletionStage<Optional<String>> find(UserId user) {
        return values.find(name(user));
    }

    @Override
    public CompletionStage<Boolean> add(UserId user, String hash) {
        return values.add(name(user), hash);
    }

    @Override
    public CompletionStage<Boolean> replace(UserId user, String expected, String hash) {
        return values.replace(name(user), expected, hash);
    }

    private static String name(UserId user) {
        return "account:" + user.value();
    }
}
