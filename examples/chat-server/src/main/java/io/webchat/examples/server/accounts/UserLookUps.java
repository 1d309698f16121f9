package io.webchat.examples.server.accounts;

import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells who has an account, so slowly that nobody can list the user ids. In 15 minutes an address has 300 look-ups
 * and a user 100; later ones have to wait for a second each. An address has at most 16 under way.
 *
 * <p>Safe for use by any number of threads. Limits are those of this node.
 */
public final class UserLookUps {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String REASON = "too many look-ups of user ids";
    private static final int OF_USER = 100;
    /** Many people may share one address. */
    private static final int OF_ADDRESS = 300;

    private static final int UNDER_WAY = 16;

    private final AccountStore store;
    private final Attempts ofAddress;
    private final Attempts ofUser;
    private final Places underWay = new Places(UNDER_WAY, "too many look-ups of user ids at this moment");

    /** Looks up accounts in this store. */
    public UserLookUps(AccountStore store) {
        this(store, Ticker.systemTicker());
    }

    UserLookUps(AccountStore store, Ticker ticker) {
        this.store = store;
        this.ofAddress = new Attempts(new Attempts.Rule(REASON, OF_ADDRESS, PAUSE, PAUSE), WINDOW, ticker);
        this.ofUser = new Attempts(new Attempts.Rule(REASON, OF_USER, PAUSE, PAUSE), WINDOW, ticker);
    }

    /**
     * Counts a request of an address, whether or not its token is a good one.
     *
     * @throws ChatException {@code rate_limited}, with the time to wait
     */
    public void admit(InetAddress from) {
        ofAddress.begin(Network.of(from));
    }

    /**
     * Whether a user has an account.
     *
     * @param caller the user who asks
     * @param from the address that the request comes from
     * @return fails with {@code rate_limited} if the caller has to wait, and with {@code unavailable} if too many
     *     look-ups are under way or the store does not answer
     */
    public CompletionStage<Boolean> exists(UserId user, UserId caller, InetAddress from) {
        Network network = Network.of(from);
        try {
            ofUser.begin(caller);
            underWay.take(network);
        } catch (ChatException e) {
            return CompletableFuture.failedStage(e);
        }
        return store.find(user)
                .whenComplete((found, failure) -> underWay.giveBack(network))
                .thenApply(Optional::isPresent);
    }
}
