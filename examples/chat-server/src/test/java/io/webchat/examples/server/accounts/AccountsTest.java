package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may sign in, what a password is, and how guessing is slowed down. */
class AccountsTest {
    private static final UserId ANN = UserId.of("ann");
    private static final int FAILURES_PER_USER = 10;
    private static final int FAILURES_PER_ADDRESS = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final AccountStore store = new MemoryAccountStore();
    private final Accounts accounts = on(store);

    private Accounts on(AccountStore any) {
        // The least that bcrypt knows: hashes are not what is tested here.
        return new Accounts(any, user -> CompletableFuture.completedStage(null), 4, nanos::get, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private CompletableFuture<Boolean> signIn(UserId user, String password, String from) {
        return accounts.signIn(user, password, address(from)).toCompletableFuture();
    }

    private CompletableFuture<Boolean> signIn(String password) {
        return signIn(ANN, password, "192.0.2.1");
    }

    private static ChatException failure(CompletableFuture<Boolean> attempt) throws Exception {
        try {
            throw new AssertionError("signed in: " + attempt.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (ChatException) Objects.requireNonNull(e.getCause());
        }
    }

    private void failTimes(int times, UserId user, String from) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(failure(signIn(user, "wrong password", from)).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
    }

    @Test
    void theFirstSignInRegistersAndLaterOnesNeedThatPassword() throws Exception {
        assertThat(signIn("correct horse").get()).isTrue();
        assertThat(signIn("correct horse").get()).isFalse();
        assertThat(failure(signIn("correct hors")).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(signIn("correct horse").get()).isFalse();
    }

    @Test
    void theStoreHasASaltedHashAndNotThePassword() throws Exception {
        signIn("correct horse").get();
        signIn(UserId.of("bob"), "correct horse", "192.0.2.1").get();

        String ofAnn = store.find(ANN).toCompletableFuture().get().orElseThrow();
        assertThat(ofAnn).startsWith("$2a$04$").doesNotContain("horse");
        assertThat(store.find(UserId.of("bob")).toCompletableFuture().get())
                .get()
                .isNotEqualTo(ofAnn);
    }

    @Test
    void onePasswordIsTheSameFromEveryKeyboard() throws Exception {
        signIn("pa\u0308ssword").get();

        assertThat(signIn("p\u00e4ssword").get()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lone \ud800 surrogate",
                "lone \udfff surrogate",
                "tail of a pair \ud83d",
                "a NUL \u0000 inside",
                "a line\nbreak",
                "a tab\tinside",
                "an escape \u001b[31m",
                "a C1 control \u0085",
                "a separator \u2028 of lines"
            })
    void charactersThatNoPasswordHoldsAreRefused(String password) throws Exception {
        assertThat(failure(signIn(password)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(store.find(ANN).toCompletableFuture().get()).isEmpty();
    }

    @Test
    void thePasswordIsNotTheUserId() throws Exception {
        UserId user = UserId.of("long.enough@example.org");

        assertThat(failure(signIn(user, "long.enough@example.org", "192.0.2.1")).code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failure(signIn(user, "Long.Enough@Example.org", "192.0.2.1")).code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(signIn(user, "long.enough@example.org!", "192.0.2.1").get()).isTrue();
    }

    @Test
    void whatCanBeNoPasswordIsRefusedAndCountsAsNoAttempt() throws Exception {
        for (int i = 0; i < 2 * FAILURES_PER_USER; i++) {
            assertThat(failure(signIn("7 chars")).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            // bcrypt would look at the first 72 bytes only.
            assertThat(failure(signIn("\u00e9".repeat(37))).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        }
        assertThat(signIn("\u00e9".repeat(36)).get()).isTrue();
    }

    @Test
    void ofTwoNodesThatRegisterOneUserAtOnceOneWinsAndTheOtherOneAsksForItsPassword() throws Exception {
        Accounts other = on(store);
        List<CompletableFuture<Boolean>> rivals = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> (i % 2 == 0 ? accounts : other)
                                .signIn(ANN, i % 2 == 0 ? "password one" : "password two", address("192.0.2.1")))
                        .thenCompose(attempt -> attempt)
                        .handle((registered, failure) -> failure == null && registered))
                .toList();

        long registered = rivals.stream().filter(CompletableFuture::join).count();

        assertThat(registered).isEqualTo(1);
        other.close();
    }

    @Test
    void wrongPasswordsSlowDownTheAddressThatGuessesAndNotTheNamedUser() throws Exception {
        signIn("correct horse").get();
        failTimes(FAILURES_PER_USER, ANN, "198.51.100.7");

        ChatException refused = failure(signIn(ANN, "correct horse", "198.51.100.7"));
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(1));
        assertThat(signIn("correct horse").get())
                .as("where she signed in before")
                .isFalse();
        assertThat(signIn(ANN, "correct horse", "203.0.113.9").get())
                .as("where she never was")
                .isFalse();
    }

    @Test
    void pausesGrowWithEachFailureAndNobodyIsLockedOut() throws Exception {
        signIn("correct horse").get();
        failTimes(FAILURES_PER_USER, ANN, "198.51.100.7");

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        failTimes(1, ANN, "198.51.100.7");
        assertThat(failure(signIn(ANN, "correct horse", "198.51.100.7")).retryAfter())
                .hasValue(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(signIn(ANN, "correct horse", "198.51.100.7").get()).isFalse();
    }

    @Test
    void manyAddressesTogetherCannotKeepAUserFromAnAddressThatIsKnown() throws Exception {
        signIn("correct horse").get();
        for (int i = 0; i < 100; i++) {
            failTimes(FAILURES_PER_USER, ANN, "198.51.100." + i);
        }

        assertThat(failure(signIn(ANN, "a guess too many", "203.0.113.9")).code())
                .isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(signIn("correct horse").get()).isFalse();
    }

    @Test
    void newAccountsOfOneAddressAreLimitedAndThoseThatExistSignIn() throws Exception {
        for (int i = 0; i < 300; i++) {
            signIn(UserId.of("u" + i), "correct horse", "192.0.2.1").get();
        }

        ChatException refused = failure(signIn(ANN, "correct horse", "192.0.2.1"));
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(10));
        assertThat(signIn(UserId.of("u1"), "correct horse", "192.0.2.1").get()).isFalse();
        assertThat(signIn(ANN, "correct horse", "198.51.100.7").get()).isTrue();
    }

    @Test
    void aCrowdThatRegistersFromOneAddressDelaysNobodyElse() throws Exception {
        Accounts slow =
                new Accounts(store, user -> CompletableFuture.completedStage(null), 8, nanos::get, Clock.systemUTC());
        slow.signIn(ANN, "correct horse", address("192.0.2.1"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        List<CompletableFuture<Boolean>> crowd = IntStream.range(0, 100)
                .mapToObj(i -> slow.signIn(UserId.of("u" + i), "correct horse", address("192.0.2.1"))
                        .toCompletableFuture())
                .toList();

        List<CompletableFuture<Boolean>> others = IntStream.range(0, 20)
                .mapToObj(i -> slow.signIn(ANN, "correct horse", address("198.51.100." + i))
                        .toCompletableFuture())
                .toList();
        CompletableFuture<Boolean> neighbour =
                slow.signIn(ANN, "correct horse", address("192.0.2.1")).toCompletableFuture();

        for (CompletableFuture<Boolean> each : others) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(neighbour.get(30, TimeUnit.SECONDS)).isFalse();
        List<ErrorCode> turnedAway = crowd.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .map(each -> each.handle((in, failure) -> codeOf(failure)).join())
                .toList();
        assertThat(turnedAway).isNotEmpty().containsOnly(ErrorCode.UNAVAILABLE);
        slow.close();
    }

    @Test
    void tooManyWrongPasswordsFromOneNetworkAreRefusedForEveryUser() throws Exception {
        for (int i = 0; i < FAILURES_PER_ADDRESS / FAILURES_PER_USER; i++) {
            UserId user = UserId.of("u" + i);
            signIn(user, "correct horse", "192.0.2.1").get();
            failTimes(FAILURES_PER_USER, user, "2001:db8::" + i);
        }

        // Another address of the same network, and another network.
        assertThat(failure(signIn(ANN, "correct horse", "2001:db8::ffff")).code())
                .isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(signIn(ANN, "correct horse", "2001:db8:1::1").get()).isTrue();
    }

    @Test
    void manyAttemptsAtOnceAreNoWayAroundTheLimit() throws Exception {
        signIn("correct horse").get();

        List<CompletableFuture<Boolean>> guesses = IntStream.range(0, 40)
                .mapToObj(i -> signIn("guess number " + i))
                .toList();

        List<ErrorCode> answers = guesses.stream()
                .map(guess -> guess.handle((in, failure) -> codeOf(failure)).join())
                .toList();
        assertThat(answers).filteredOn(ErrorCode.UNAUTHORIZED::equals).hasSize(FAILURES_PER_USER);
        assertThat(answers).filteredOn(ErrorCode.RATE_LIMITED::equals).hasSize(30);
    }

    private static ErrorCode codeOf(Throwable failure) {
        return ((ChatException) Failures.unwrap(failure)).code();
    }

    @Test
    void moreLookUpsAtOnceThanAnAddressMayHaveAreTurnedAwayAndOthersAreServed() throws Exception {
        CompletableFuture<Optional<String>> slow = new CompletableFuture<>();
        Accounts busy = on(new AccountStore() {
            @Override
            public CompletionStage<Optional<String>> find(UserId user) {
                return slow;
            }

            @Override
            public CompletionStage<Boolean> replace(UserId user, String expected, String hash) {
                return store.replace(user, expected, hash);
            }

            @Override
            public CompletionStage<Boolean> add(UserId user, String hash) {
                return store.add(user, hash);
            }
        });
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 65)
                .mapToObj(i -> busy.signIn(UserId.of("u" + i), "correct horse", address("192.0.2.1"))
                        .toCompletableFuture())
                .toList();
        CompletableFuture<Boolean> other = busy.signIn(UserId.of("other"), "correct horse", address("198.51.100.7"))
                .toCompletableFuture();

        assertThat(failure(all.get(64)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        slow.complete(Optional.empty());
        assertThat(other.get(30, TimeUnit.SECONDS)).isTrue();
        // Of the others, no more may wait for a hash than the address may have waiting.
        assertThat(all.subList(0, 64).stream()
                        .filter(each -> each.handle((registered, failure) -> failure == null)
                                .orTimeout(30, TimeUnit.SECONDS)
                                .join()))
                .hasSizeGreaterThanOrEqualTo(32);
        assertThat(busy.signIn(UserId.of("late"), "correct horse", address("203.0.113.9"))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .isTrue();
        busy.close();
    }

    @Test
    void aStoreThatDoesNotAnswerCostsNobodyAnAttempt() throws Exception {
        Accounts broken = on(new AccountStore() {
            @Override
            public CompletionStage<Optional<String>> find(UserId user) {
                return CompletableFuture.failedStage(new ChatException(ErrorCode.UNAVAILABLE, "away"));
            }

            @Override
            public CompletionStage<Boolean> replace(UserId user, String expected, String hash) {
                throw new AssertionError("not asked");
            }

            @Override
            public CompletionStage<Boolean> add(UserId user, String hash) {
                throw new AssertionError("not asked");
            }
        });
        for (int i = 0; i < 2 * FAILURES_PER_USER; i++) {
            assertThat(failure(broken.signIn(ANN, "correct horse", address("192.0.2.1"))
                                    .toCompletableFuture())
                            .code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
        broken.close();
    }

    @Test
    void anAccountWhoseFreshStartFailedIsPendingUntilItSucceeds() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        Accounts flaky = new Accounts(
                store,
                user -> starts.incrementAndGet() == 1
                        ? CompletableFuture.failedStage(new ChatException(ErrorCode.UNAVAILABLE, "away"))
                        : CompletableFuture.completedStage(null),
                4,
                nanos::get,
                Clock.systemUTC());
        InetAddress from = address("192.0.2.1");

        assertThat(failure(flaky.signIn(ANN, "correct horse", from).toCompletableFuture())
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure(flaky.signIn(ANN, "wrong horse", from).toCompletableFuture())
                        .code())
                .isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(starts).as("nobody else starts it").hasValue(1);
        assertThat(flaky.signIn(ANN, "correct horse", from)
                        .toCompletableFuture()
                        .get())
                .isTrue();
        assertThat(flaky.signIn(ANN, "correct horse", from)
                        .toCompletableFuture()
                        .get())
                .isFalse();
        assertThat(starts).hasValue(2);
        flaky.close();
    }
}
