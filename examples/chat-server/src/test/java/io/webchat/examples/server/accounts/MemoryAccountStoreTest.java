package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ids.UserId;
import org.junit.jupiter.api.Test;

class MemoryAccountStoreTest implements AccountStoreContract {
    private final AccountStore store = new MemoryAccountStore();

    @Override
    public AccountStore node() {
        return store;
    }

    @Test
    void takesNoMoreThanItHasRoomFor() {
        AccountStore small = new MemoryAccountStore(1);
        small.add(UserId.of("ann"), "hash");

        assertThatThrownBy(() -> small.add(UserId.of("bob"), "hash")
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("as many users as it takes");
        assertThat(small.find(UserId.of("ann")).toCompletableFuture().join()).isPresent();
    }
}
