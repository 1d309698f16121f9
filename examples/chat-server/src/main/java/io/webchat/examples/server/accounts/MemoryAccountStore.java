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
 * The texts of accounts of one process, which end with it. They take a share of the heap; beyond it a further text, and
 * a longer one than a hash, fails with {@code queue_full}.
 */
public final class MemoryAccountStore implements AccountStore {
    /** The objects of a text and its place in the index, without its characters. */
    private static final int ACCOUNT = 300;

    private static final int BYTES_PER_CHAR = 2;
    /** The longest text that replaces another one also beyond the share: a hash is shorter. */
    private static final int HASH_CHARS = 256;

    private static final long PUSH_BYTES = 8L << 20;

    private final Map<UserId, String> texts = new ConcurrentHashMap<>();
    private final ByteBudget budget;

    /** Makes a store of hashes, with their {@linkplain HeapShare#ACCOUNTS share} of the heap. */
    public MemoryAccountStore() {
        this(HeapShare.ACCOUNTS.bytes());
    }

    /** Makes a store of a part, with the share of that part. */
    public static MemoryAccountStore of(AccountPart part) {
        return part == AccountPart.ACCOUNT ? new MemoryAccountStore() : new MemoryAccountStore(PUSH_BYTES);
    }

    MemoryAccountStore(long maxBytes) {
        this.budget = new ByteBudget("accounts", maxBytes);
    }

    /** The heap that a text takes, rounded up. */
    static long sizeOf(UserId user, String text) {
        return ACCOUNT + (long) BYTES_PER_CHAR * (user.value().length() + text.length());
    }

    /** The bytes that count against the bound. */
    long heldBytes() {
        return budget.used();
    }

    @Override
    public CompletionStage<Optional<String>> find(UserId user) {
        return CompletableFuture.completedStage(Optional.ofNullable(texts.get(user)));
    }

    @Override
    public CompletionStage<Boolean> replace(UserId user, String expected, String text) {
        try {
            String now = texts.computeIfPresent(user, (any, before) -> {
                if (!before.equals(expected)) {
                    return before;
                }
                grow(text, sizeOf(user, text) - sizeOf(user, before));
                return text;
            });
            return CompletableFuture.completedStage(text.equals(now));
        } catch (ChatException full) {
            return CompletableFuture.failedStage(full);
        }
    }

    /** Never refuses a stronger hash: the accounts that are there must be able to sign in. */
    private void grow(String text, long bytes) {
        if (text.length() > HASH_CHARS) {
            budget.take(bytes);
        } else {
            budget.add(bytes);
        }
    }

    @Override
    public CompletionStage<Boolean> add(UserId user, String text) {
        boolean[] added = new boolean[1];
        try {
            texts.computeIfAbsent(user, any -> {
                budget.take(sizeOf(user, text));
                added[0] = true;
                return text;
            });
            return CompletableFuture.completedStage(added[0]);
        } catch (ChatException full) {
            return CompletableFuture.failedStage(full);
        }
    }
}
