package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A password is changed by whoever knows it, within the limits of signing in. */
class PasswordChangeTest {
    private static final UserId ANN = UserId.of("ann");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int FAILURES_PER_USER = 10;

    private volatile Supplier<CompletableFuture<Void>> freshStart = () -> CompletableFuture.completedFuture(null);

    /** The least that bcrypt knows: hashes are not what is tested here. */
    private final Accounts accounts =
            new Accounts(new MemoryAccountStore(), user -> freshStart.get(), 4, () -> 0, Clock.systemUTC());

    @AfterEach
    void close() {
        accounts.close();
    }

    private CompletableFuture<Boolean> signIn(String password) {
        return accounts.signIn(ANN, password, HERE).toCompletableFuture();
    }

    private static ChatException failure(CompletableFuture<Boolean> attempt) throws Exception {
        try {
            throw new AssertionError("it went well: " + attempt.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (ChatException) Objects.requireNonNull(e.getCause());
        }
    }

    private CompletableFuture<Boolean> change(String password, String newPassword) {
        return accounts.changePassword(ANN, password, newPassword, HERE)
                .thenApply(changed -> true)
                .toCompletableFuture();
    }

    @Test
    void aChangedPasswordIsTheOnlyOneThatSignsIn() throws Exception {
        assertThat(signIn("the first one")).succeedsWithin(Duration.ofSeconds(30));
        assertThat(accounts.passwordChangedAt(ANN).toCompletableFuture()).isCompletedWithValue(Instant.EPOCH);

        assertThat(change("the first one", "the second one")).succeedsWithin(Duration.ofSeconds(30));

        assertThat(failure(signIn("the first one")).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(signIn("the second one").get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(accounts.passwordChangedAt(ANN).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isAfter(Instant.EPOCH);
        assertThat(change("the second one", "the third one")).succeedsWithin(Duration.ofSeconds(30));
        assertThat(signIn("the third one").get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aPasswordIsChangedOnlyByWhoeverKnowsItToOneThatFollowsTheRules() throws Exception {
        assertThat(signIn("the first one")).succeedsWithin(Duration.ofSeconds(30));

        assertThat(failure(change("another one", "the second one")).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        for (String bad : List.of("short", "the first one", "x".repeat(73))) {
            ChatException refused = failure(change("the first one", bad));
            assertThat(refused.code()).as(bad).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refused.detail()).startsWith("newPassword: ");
        }
        assertThat(signIn("the first one").get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void ofTwoChangesAtOnceOneHolds() throws Exception {
        assertThat(signIn("the first one")).succeedsWithin(Duration.ofSeconds(30));

        List<String> wanted = List.of("the second one", "the third one");
        List<CompletableFuture<Boolean>> changes =
                wanted.stream().map(each -> change("the first one", each)).toList();

        int held = 0;
        for (int i = 0; i < changes.size(); i++) {
            boolean changed =
                    changes.get(i).handle((done, failure) -> failure == null).get(30, TimeUnit.SECONDS);
            held += changed ? 1 : 0;
            if (changed) {
                assertThat(signIn(wanted.get(i)).get(30, TimeUnit.SECONDS)).isFalse();
            } else {
                assertThat(failure(changes.get(i)).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
                assertThat(failure(signIn(wanted.get(i))).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
            }
        }
        assertThat(held).isEqualTo(1);
    }

    @Test
    void aSignInThatBeganBeforeAChangeDoesNotBringTheOldPasswordBack() throws Exception {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        freshStart = () -> {
            begun.complete(null);
            return slow;
        };
        CompletableFuture<Boolean> late = signIn("the first one");
        begun.get(30, TimeUnit.SECONDS);
        freshStart = () -> CompletableFuture.completedFuture(null);
        assertThat(change("the first one", "the second one")).succeedsWithin(Duration.ofSeconds(30));

        slow.complete(null);

        assertThat(failure(late).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(failure(signIn("the first one")).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(signIn("the second one").get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void G13_changingAPasswordHasTheLimitsOfSigningIn() throws Exception {
        for (int i = 0; i < FAILURES_PER_USER; i++) {
            failure(change("wrong password", "the second one"));
        }
        assertThat(failure(change("wrong password", "the second one")).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failure(signIn("wrong password")).code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }
}
