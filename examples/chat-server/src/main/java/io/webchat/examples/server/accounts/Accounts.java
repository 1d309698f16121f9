package io.webchat.examples.server.accounts;

import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in with passwords; the first sign-in with a user id makes the account. Whether a password is wrong is
 * found out in about the time that making an account takes: one hash and one request to the store.
 *
 * <p>Safe for use by any number of threads. Limits are those of this node.
 */
public final class Accounts implements AutoCloseable {
    // 2^10 rounds, the least that OWASP advises: about 60 ms of a processor.
    private static final int STRENGTH = 10;
    private static final int MAX_UNDER_WAY = 64;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int FAILURES_PER_USER = 10;
    // Many people may share one address.
    private static final int FAILURES_PER_ADDRESS = 100;
    private static final int NETWORK_BYTES = 8;

    private final AccountStore store;
    private final Passwords passwords;
    private final Attempts ofUser;
    private final Attempts ofAddress;
    private final Semaphore places = new Semaphore(MAX_UNDER_WAY);

    /** Accounts in this store. */
    public Accounts(AccountStore store) {
        this(store, STRENGTH, Ticker.systemTicker());
    }

    Accounts(AccountStore store, int strength, Ticker ticker) {
        this.store = store;
        this.passwords = new Passwords(strength);
        this.ofUser = new Attempts(FAILURES_PER_USER, WINDOW, ticker);
        this.ofAddress = new Attempts(FAILURES_PER_ADDRESS, WINDOW, ticker);
    }

    /**
     * Signs in, or registers.
     *
     * @param from the address that the attempt comes from
     * @return whether the account is new. Fails with {@code bad_request} for what can be no password, {@code
     *     unauthorized} for a wrong one, {@code rate_limited} after too many of those, {@code unavailable} where too
     *     much is under way or the store does not answer
     */
    public CompletionStage<Boolean> signIn(UserId user, String password, InetAddress from) {
        Object network = network(from);
        try {
            String normal = Passwords.normal(password);
            begin(user, network);
            return limited(user, normal).whenComplete((registered, failure) -> {
                if (!isRefusal(failure)) {
                    ofUser.giveBack(user);
                    ofAddress.giveBack(network);
                }
            });
        } catch (ChatException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void begin(UserId user, Object network) {
        ofAddress.begin(network);
        try {
            ofUser.begin(user);
        } catch (ChatException e) {
            ofAddress.giveBack(network);
            throw e;
        }
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ChatException known && known.code() == ErrorCode.UNAUTHORIZED;
    }

    private CompletionStage<Boolean> limited(UserId user, String password) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedStage(
                    new ChatException(ErrorCode.UNAVAILABLE, "too many people are signing in at this moment"));
        }
        return store.find(user)
                .thenCompose(
                        hash -> hash.map(known -> verify(password, known)).orElseGet(() -> register(user, password)))
                .whenComplete((registered, failure) -> places.release());
    }

    private CompletionStage<Boolean> register(UserId user, String password) {
        return passwords
                .hash(password)
                .thenCompose(hash -> store.add(user, hash)
                        .thenCompose(added -> added
                                ? CompletableFuture.completedStage(true)
                                // Somebody was faster: perhaps the same person, on another node.
                                : store.find(user).thenCompose(first -> verify(password, first.orElse("")))));
    }

    private CompletionStage<Boolean> verify(String password, String hash) {
        return passwords
                .matches(password, hash)
                .thenCompose(matches -> matches
                        ? CompletableFuture.completedStage(false)
                        : CompletableFuture.failedStage(
                                new ChatException(ErrorCode.UNAUTHORIZED, "user and password do not go together")));
    }

    /** The unit that counts as one address: in IPv6 whoever has one has a network of them. */
    private static Object network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    /** Ends the threads that hash. */
    @Override
    public void close() {
        passwords.close();
    }
}
