package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts of one process, gone with it; no more than it has room for. */
public final class MemoryAccountStore implements AccountStore {
    private static final int MAX_ACCOUNTS = 100_000;

    private final Map<UserId, String> hashes = new ConcurrentHashMap<>();
    private final int max;

    /** A store with room for 100 000 accounts. */
    public MemoryAccountStore() {
        this(MAX_ACCOUNTS);
    }

    MemoryAccountStore(int max) {
        this.max = max;
    }

    @Override
    public CompletionStage<Optional<String>> find(UserId user) {
        return CompletableFuture.completedStage(Optional.ofNullable(hashes.get(user)));
    }

    @Override
    public CompletionStage<Void> replace(UserId user, String hash) {
        hashes.replace(user, hash);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Boolean> add(UserId user, String hash) {
        // A few more may slip in at once; it is a bound for memory, not a promise.
        return hashes.size() >= max
                ? CompletableFuture.failedStage(
                        new ChatException(ErrorCode.UNAVAILABLE, "this server has as many users as it takes"))
                : CompletableFuture.completedStage(hashes.putIfAbsent(user, hash) == null);
    }
}
