package io.webchat.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final UserId ALICE = UserId.of("alice");

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final Accounts accounts = new Accounts(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void onlyThePasswordBuysAToken() {
        accounts.register(ALICE, "wonderland");

        assertThat(accounts.signIn(ALICE, "looking-glass")).isEmpty();
        assertThat(accounts.signIn(UserId.of("nobody"), "wonderland")).isEmpty();
        assertThat(accounts.signIn(UserId.of("nobody"), "nobody's")).isEmpty();
        assertThat(accounts.signIn(ALICE, "wonderland")).isPresent();
    }

    @Test
    void aTokenIsItsUsersUntilItExpires() {
        accounts.register(ALICE, "wonderland");
        String token = accounts.signIn(ALICE, "wonderland").orElseThrow();

        now = now.plus(Duration.ofHours(12)).minusSeconds(1);
        assertThat(accounts.principalOf(token).toCompletableFuture().join().user())
                .isEqualTo(ALICE);

        now = now.plusSeconds(1);
        assertThatThrownBy(
                        () -> accounts.principalOf(token).toCompletableFuture().join())
                .hasRootCauseInstanceOf(ChatException.class);
    }
}
