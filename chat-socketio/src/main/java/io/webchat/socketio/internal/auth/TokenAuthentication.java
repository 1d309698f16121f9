package io.webchat.socketio.internal.auth;

import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.core.spi.support.ShortDigest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application's authenticator about the tokens of clients, on sockets and on REST.
 *
 * <p>Each check may cost the application much. So an address whose tokens are refused too often must wait, and the
 * authenticator is not asked meanwhile. Valid tokens do not count. Neither do they wait for the refused ones of others
 * behind the same address: a token that was valid lately is checked always, and a {@linkplain Authenticator#isLocal
 * local} authenticator is asked about each token.
 */
public final class TokenAuthentication {
    /** The default number of refused tokens per second and address. */
    public static final int REFUSED_PER_SECOND = 5;

    private static final Logger LOG = LoggerFactory.getLogger(TokenAuthentication.class);
    private static final Duration BURST = Duration.ofSeconds(20);
    private static final long TIMEOUT_SECONDS = 10;
    private static final int MAX_RECENT = 10_000;

    private final Authenticator authenticator;
    private final RateLimiter<ClientNetwork> refusals;
    private final RecentTokens recent = new RecentTokens(MAX_RECENT);
    private final LogThrottle failureLog = new LogThrottle();

    /**
     * Makes a check of tokens.
     *
     * @param authenticator the application's
     * @param refusedPerSecond how many tokens of an address may be refused per second, for long; 20 times as many may
     *     be refused at once. 0 means no limit
     */
    public TokenAuthentication(Authenticator authenticator, int refusedPerSecond) {
        this(authenticator, refusedPerSecond, System::nanoTime);
    }

    TokenAuthentication(Authenticator authenticator, int refusedPerSecond, LongSupplier nanoTime) {
        this.authenticator = authenticator;
        this.refusals =
                new RateLimiter<>("too many refused tokens from this address", refusedPerSecond, BURST, nanoTime);
    }

    /**
     * Returns the principal of a token.
     *
     * @param client the address of the client, as trusted proxies told it
     * @return fails with a {@link ChatException}: {@code unauthorized}, {@code forbidden}, or a retryable one
     */
    public CompletionStage<Principal> principal(String token, InetSocketAddress client) {
        ClientNetwork network = ClientNetwork.of(client.getAddress());
        String digest = ShortDigest.of(token);
        return CompletableFuture.completedStage(token)
                .thenCompose(each -> {
                    if (!authenticator.isLocal() && !recent.contains(digest)) {
                        refusals.check(network);
                    }
                    return ask(each);
                })
                .thenApply(TokenAuthentication::unexpired)
                .thenApply(principal -> {
                    recent.add(digest);
                    return principal;
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(refused(network, digest, failure)));
    }

    private CompletionStage<Principal> ask(String token) {
        // A separate stage: the authenticator may share its stage with other callers, so the time-out must not end it.
        return authenticator
                .authenticate(token)
                .thenApply(Function.identity())
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Principal unexpired(Principal principal) {
        if (principal.isExpired(Instant.now())) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "the token has expired");
        }
        return principal;
    }

    private ChatException refused(ClientNetwork network, String digest, Throwable failure) {
        ChatException refusal = visible(network, Failures.unwrap(failure));
        if (refusal.code().retryable()) {
            return refusal;
        }
        boolean wasValid = recent.remove(digest);
        try {
            refusals.take(network);
            return refusal;
        } catch (ChatException tooMany) {
            LOG.debug("More tokens of {} were refused than the limit", network, tooMany);
            // A client whose token has expired must learn that. Checks at the same time may be refused together, and
            // each keeps its own reason.
            return wasValid || !authenticator.isLocal() ? refusal : tooMany;
        }
    }

    private ChatException visible(ClientNetwork network, Throwable cause) {
        if (cause instanceof ChatException known) {
            // Any other failure means that the client has no valid token.
            boolean passOn = known.code().retryable() || known.code() == ErrorCode.FORBIDDEN;
            return passOn ? known : new ChatException(ErrorCode.UNAUTHORIZED, known.detail(), known);
        }
        if (cause instanceof TimeoutException) {
            return new ChatException(ErrorCode.UNAVAILABLE, "the token could not be checked in time", cause);
        }
        if (failureLog.permits()) {
            LOG.info("Refused a client of {}, because the authenticator failed: {}", network, String.valueOf(cause));
        }
        LOG.debug("The failure of the authenticator", cause);
        return new ChatException(ErrorCode.UNAUTHORIZED, "the token was refused", cause);
    }
}
