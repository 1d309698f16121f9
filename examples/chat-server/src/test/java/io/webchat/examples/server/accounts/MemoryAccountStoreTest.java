package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ids.UserId;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryAccountStoreTest implements AccountStoreContract {
    private static final UserId ANN = UserId.of("ann");
    private static final UserId BOB = UserId.of("bob");

    private static final String LONG = "x".repeat(1_000);

    private final Map<AccountPart, AccountStore> parts = new EnumMap<>(AccountPart.class);

    @Override
    public AccountStore node(AccountPart part) {
        return parts.computeIfAbsent(part, MemoryAccountStore::of);
    }

    @Test
    void takesNoMoreBytesThanItsBound() {
        long bytes = MemoryAccountStore.sizeOf(ANN, "hash");
        MemoryAccountStore small = new MemoryAccountStore(2 * bytes);
        assertThat(small.add(ANN, "hash").toCompletableFuture()).isCompletedWithValue(true);
        assertThat(small.add(BOB, "hash").toCompletableFuture())
                .as("at the bound")
                .isCompletedWithValue(true);

        assertThatThrownBy(() -> small.add(UserId.of("eve"), "hash")
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("the accounts of this node already hold " + 2 * bytes + " bytes");
        assertThat(small.add(ANN, "other").toCompletableFuture()).isCompletedWithValue(false);
        assertThat(small.find(ANN).toCompletableFuture().join()).hasValue("hash");
    }

    @Test
    void growsNoTextBeyondItsBoundButTakesAStrongerHash() {
        MemoryAccountStore small = new MemoryAccountStore(MemoryAccountStore.sizeOf(ANN, "hash"));
        small.add(ANN, "hash");

        assertThatThrownBy(() ->
                        small.replace(ANN, "hash", LONG).toCompletableFuture().get())
                .hasMessageContaining("the accounts of this node already hold");
        assertThat(small.find(ANN).toCompletableFuture().join()).hasValue("hash");
        assertThat(small.replace(ANN, "hash", "a stronger hash").toCompletableFuture())
                .isCompletedWithValue(true);
    }

    @Test
    void countsTheAccountsThatItHas() {
        MemoryAccountStore accounts = new MemoryAccountStore(100_000);
        accounts.add(ANN, "hash");
        accounts.add(ANN, "another hash");
        accounts.replace(ANN, "hash", "longer hash");
        accounts.replace(ANN, "hash", "a hash that is not taken");
        accounts.replace(BOB, "", "hash");

        assertThat(accounts.heldBytes()).isEqualTo(MemoryAccountStore.sizeOf(ANN, "longer hash"));
    }
}
