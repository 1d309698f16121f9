package io.webchat.examples.server.accounts;

import io.webchat.core.ids.UserId;
import io.webchat.redis.RedisValues;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Texts of accounts in Redis, each under a name such as {@code account:<user>}. */
public final class RedisAccountStore implements AccountStore {
    private final RedisValues values;
    private final AccountPart part;

    /** The texts of this part, among these values. */
    public RedisAccountStore(RedisValues values, AccountPart part) {
        this.values = values;
        this.part = part;
    }

    @Override
    public CompletionStage<Optional<String>> find(UserId user) {
        return values.find(name(user));
    }

    @Override
    public CompletionStage<Boolean> add(UserId user, String text) {
        return values.add(name(user), text);
    }

    @Override
    public CompletionStage<Boolean> replace(UserId user, String expected, String text) {
        return values.replace(name(user), expected, text);
    }

    private String name(UserId user) {
        return part.prefix() + user.value();
    }
}
