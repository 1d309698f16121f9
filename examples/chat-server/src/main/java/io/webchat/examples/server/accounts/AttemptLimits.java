package io.webchat.examples.server.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The limits of attempts to sign in, per account, per address, and per account from one address. They slow down, and
 * lock nobody out: who guesses the password of somebody else is slowed at their own address. An address from which an
 * account has signed in before is held up only by its own failures for that account. Safe for use by several threads.
 */
final class AttemptLimits {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration KNOWN = Duration.ofDays(30);
    private static final int MAX_KNOWN = 100_000;
    private static final String REASON = "too many failed attempts to sign in";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Attempts ofAccountAtAddress;
    private final Attempts ofAddress;
    private final Attempts ofAccount;
    private final Attempts registrations;
    private final Cache<Place, Boolean> known;

    /** An account, and an address from which somebody asks for it. */
    private record Place(UserId user, Object address) {}

    AttemptLimits(Ticker ticker) {
        ofAccountAtAddress = new Attempts(new Attempts.Rule(REASON, 10, SECOND, Duration.ofMinutes(5)), WINDOW, ticker);
        // Many people may share one address.
        ofAddress = new Attempts(new Attempts.Rule(REASON, 100, SECOND, SECOND), WINDOW, ticker);
        ofAccount = new Attempts(new Attempts.Rule(REASON, 1_000, SECOND, SECOND), WINDOW, ticker);
        registrations = new Attempts(
                new Attempts.Rule(
                        "too many new accounts from this address", 300, Duration.ofSeconds(10), Duration.ofMinutes(1)),
                WINDOW,
                ticker);
        known = Caffeine.newBuilder()
                .expireAfterAccess(KNOWN)
                .maximumSize(MAX_KNOWN)
                .ticker(ticker)
                .build();
    }

    /**
     * Begins an attempt.
     *
     * @return takes the attempt back; for one whose password was not wrong
     * @throws ChatException {@code rate_limited} when the account or the address has to wait
     */
    Runnable begin(UserId user, Object address) {
        Place place = new Place(user, address);
        Runnable ofPlace = begin(ofAccountAtAddress, place);
        if (known.getIfPresent(place) != null) {
            return ofPlace;
        }
        Runnable ofAll = both(ofPlace, () -> begin(ofAddress, address));
        return both(ofAll, () -> begin(ofAccount, user));
    }

    private static Runnable begin(Attempts attempts, Object key) {
        attempts.begin(key);
        return () -> attempts.giveBack(key);
    }

    /** Begins the next one too, or gives the earlier ones back. */
    private static Runnable both(Runnable earlier, Supplier<Runnable> next) {
        try {
            Runnable undo = next.get();
            return () -> {
                undo.run();
                earlier.run();
            };
        } catch (ChatException e) {
            earlier.run();
            throw e;
        }
    }

    /** Notes that the account has signed in from this address. */
    void succeeded(UserId user, Object address) {
        known.put(new Place(user, address), true);
    }

    /**
     * Begins to make an account.
     *
     * @throws ChatException {@code rate_limited} when the address has made too many
     */
    void beginRegistration(Object address) {
        registrations.begin(address);
    }
}
