package io.webchat.examples.server.accounts;

import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in with passwords; the first sign-in with a user id makes the account. Whether a password is wrong is
 * found out in about the time that making an account takes: one hash and one request to the store.
 *
 * <p>A new account is pending until its id has begun anew, so that its owner never gets what was meant for somebody
 * else. If that fails, the next sign-in goes on with it.
 *
 * <p>Safe for use by any number of threads. Limits are those of this node.
 */
public final class Accounts implements AutoCloseable {
    // 2^10 rounds, the least that OWASP advises: about 60 ms of a processor.
    private static final int STRENGTH = 10;
    private static final int LOOK_UPS_OF_ADDRESS = 64;

    private final AccountStore store;
    private final Function<UserId, CompletionStage<Void>> freshStart;
    private final Passwords passwords;
    private final AttemptLimits limits;
    private final Clock clock;
    private final Places lookUps = new Places(LOOK_UPS_OF_ADDRESS, "too many people are signing in at this moment");

    /**
     * Accounts in this store.
     *
     * @param freshStart lets the id of a new account begin anew; it may be called again for the same one
     */
    public Accounts(AccountStore store, Function<UserId, CompletionStage<Void>> freshStart) {
        this(store, freshStart, STRENGTH, Ticker.systemTicker(), Clock.systemUTC());
    }

    Accounts(
            AccountStore store,
            Function<UserId, CompletionStage<Void>> freshStart,
            int strength,
            Ticker ticker,
            Clock clock) {
        this.store = store;
        this.freshStart = freshStart;
        this.passwords = new Passwords(strength);
        this.limits = new AttemptLimits(ticker);
        this.clock = clock;
    }

    /**
     * Signs in, or registers.
     *
     * @param from the address that the attempt comes from
     * @return whether the account is new. Fails with {@code bad_request} if the text can be no password, with {@code
     *     unauthorized} if the password is wrong, with {@code rate_limited} after too many wrong passwords or new
     *     accounts, with {@code queue_full} if there is no capacity for a new account, and with {@code unavailable} if
     *     too many attempts wait or the store does not answer
     */
    public CompletionStage<Boolean> signIn(UserId user, String password, InetAddress from) {
        return signIn(user, password, from, this::register).thenApply(SignedIn::isNew);
    }

    /**
     * Signs in to an account that exists. As {@link #signIn}, but fails with {@code not_found} if there is none, which
     * counts like a wrong password.
     */
    public CompletionStage<Void> signInToExisting(UserId user, String password, InetAddress from) {
        return signIn(user, password, from, Accounts::refuseUnknown).thenApply(known -> null);
    }

    /**
     * Replaces the password of a user who knows it. Tokens of earlier sign-ins are not renewed from then on; see {@link
     * #passwordChangedAt}.
     *
     * @param from the address that the attempt comes from; it counts as an attempt to sign in
     * @return fails as {@link #signInToExisting}, also if the password is changed meanwhile, and with {@code
     *     bad_request} if the new text can be no password, or is the old one
     */
    public CompletionStage<Void> changePassword(UserId user, String password, String newPassword, InetAddress from) {
        try {
            String normal = Passwords.normal("newPassword", newPassword, user);
            if (normal.equals(Passwords.normal("password", password, user))) {
                throw new ChatException(ErrorCode.BAD_REQUEST, "newPassword: another one than the old password");
            }
            return signIn(user, password, from, Accounts::refuseUnknown)
                    .thenCompose(known -> passwords
                            .hash(normal, Network.of(from))
                            .thenCompose(hash -> change(user, known.stored(), hash)));
        } catch (ChatException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Void> change(UserId user, String verified, String hash) {
        String changed = StoredPassword.changed(hash, clock.instant()).text();
        return store.replace(user, verified, changed)
                .thenCompose(replaced ->
                        replaced ? CompletableFuture.completedStage(null) : CompletableFuture.failedStage(wrong()));
    }

    private static ChatException wrong() {
        return new ChatException(ErrorCode.UNAUTHORIZED, "user and password do not go together");
    }

    /** When a user's password was changed last, to the second; the epoch if never, or if there is no such account. */
    public CompletionStage<Instant> passwordChangedAt(UserId user) {
        return store.find(user)
                .thenApply(found ->
                        found.map(text -> StoredPassword.of(text).changedAt()).orElse(Instant.EPOCH));
    }

    private CompletionStage<SignedIn> signIn(
            UserId user,
            String password,
            InetAddress from,
            Function<Attempt, CompletionStage<SignedIn>> withoutAccount) {
        Network network = Network.of(from);
        try {
            Attempt attempt = new Attempt(user, Passwords.normal("password", password, user), network);
            Runnable giveBack = limits.begin(user, network);
            return decide(attempt, withoutAccount).whenComplete((signedIn, failure) -> {
                if (!isRefusal(failure)) {
                    giveBack.run();
                }
                if (failure == null) {
                    limits.succeeded(user, network);
                }
            });
        } catch (ChatException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /**
     * Somebody who wants to be this user.
     *
     * @param address the network that counts as one address
     */
    private record Attempt(UserId user, String password, Network address) {}

    /**
     * Somebody whose password was right.
     *
     * @param isNew whether this made the account
     * @param stored the text of the store that the password was right for
     */
    private record SignedIn(boolean isNew, String stored) {}

    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure != null
                && Failures.unwrap(failure) instanceof ChatException known
                && (known.code() == ErrorCode.UNAUTHORIZED || known.code() == ErrorCode.NOT_FOUND);
    }

    private CompletionStage<SignedIn> decide(
            Attempt attempt, Function<Attempt, CompletionStage<SignedIn>> withoutAccount) {
        return CompletableFuture.completedStage(attempt)
                .thenCompose(this::find)
                .thenCompose(hash ->
                        hash.map(known -> verify(attempt, known)).orElseGet(() -> withoutAccount.apply(attempt)));
    }

    private static CompletionStage<SignedIn> refuseUnknown(Attempt attempt) {
        return CompletableFuture.failedStage(
                new ChatException(ErrorCode.NOT_FOUND, "there is no user " + attempt.user()));
    }

    private CompletionStage<Optional<String>> find(Attempt attempt) {
        lookUps.take(attempt.address());
        return store.find(attempt.user()).whenComplete((found, failure) -> lookUps.giveBack(attempt.address()));
    }

    private CompletionStage<SignedIn> register(Attempt attempt) {
        limits.beginRegistration(attempt.address());
        return passwords
                .hash(attempt.password(), attempt.address())
                .thenCompose(hash -> store.add(
                                attempt.user(), StoredPassword.pending(hash).text())
                        .thenCompose(added -> added
                                ? begin(attempt, hash)
                                // Somebody was faster: perhaps the same person, on another node.
                                : verifyAgain(attempt)));
    }

    private CompletionStage<SignedIn> begin(Attempt attempt, String hash) {
        String first = StoredPassword.first(hash).text();
        return freshStart
                .apply(attempt.user())
                .thenCompose(fresh -> store.replace(
                        attempt.user(), StoredPassword.pending(hash).text(), first))
                .thenCompose(begun -> begun
                        ? CompletableFuture.completedStage(new SignedIn(true, first))
                        // Another sign-in began the account, and the password was changed since.
                        : verifyAgain(attempt));
    }

    private CompletionStage<SignedIn> verifyAgain(Attempt attempt) {
        return store.find(attempt.user()).thenCompose(now -> verify(attempt, now.orElse("")));
    }

    private CompletionStage<SignedIn> verify(Attempt attempt, String stored) {
        StoredPassword known = StoredPassword.of(stored);
        return passwords
                .matches(attempt.password(), known.hash(), attempt.address())
                .thenCompose(matches -> {
                    if (!matches) {
                        return CompletableFuture.failedStage(wrong());
                    }
                    return known.isPending()
                            ? begin(attempt, known.hash())
                            : CompletableFuture.completedStage(new SignedIn(false, stored));
                });
    }

    /** Ends the threads that hash. */
    @Override
    public void close() {
        passwords.close();
    }
}
