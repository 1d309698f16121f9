package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.ByteBudget;
import io.webchat.core.spi.support.HeapShare;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accounts of one process, which end with it. They take their {@linkplain HeapShare#ACCOUNTS share} of the heap;
 * beyond it a further account fails with {@code queue_full}.
 */
public final class MemoryAccountStore implements AccountStore {
    /** An account's objects and its place in the index, without its texts. */
    private static final int ACCOUNT = 300;

    private static final int BYTES_PER_CHAR = 2;

    private final Map<UserId, String> hashes = new ConcurrentHashMap<>();
    private final ByteBudget budget;

    /** Makes a store with its share of the heap. */
    public MemoryAccountStore() {
        this(HeapShare.ACCOUNTS.bytes());
    }

    MemoryAccountStore(long maxBytes) {
        this.budget = new ByteBudget("accounts", maxBytes);
    }

    /** The heap that an account takes, rounded up. */
    static long sizeOf(UserId user, String hash) {
        return ACCOUNT + (long) BYTES_PER_CHAR * (user.value().length() + hash.length());
    }

    /** The bytes that count against the bound. */
    long heldBytes() {
        return budget.used();
    }

    @Override
    public CompletionStage<Optional<String>> find(UserId user) {
        return CompletableFuture.completedStage(Optional.ofNullable(hashes.get(user)));
    }

    @Override
    public CompletionStage<Boolean> replace(UserId user, String expected, String hash) {
        String now = hashes.computeIfPresent(user, (any, before) -> {
            if (!before.equals(expected)) {
                return before;
            }
            // Never refused: the accounts that are there must be able to sign in with a stronger hash.
            budget.add(sizeOf(user, hash) - sizeOf(user, before));
            return hash;
        });
        return CompletableFuture.completedStage(hash.equals(now));
    }

    @Override
    public CompletionStage<Boolean> add(UserId user, String hash) {
        boolean[] added = new boolean[1];
        try {
            hashes.computeIfAbsent(user, any -> {
                budget.take(sizeOf(user, hash));
                added[0] = true;
                return hash;
            });
            return CompletableFuture.completedStage(added[0]);
        } catch (ChatException full) {
            return CompletableFuture.failedStage(full);
        }
    }
}
