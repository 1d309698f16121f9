package io.webchat.socketio.spring;

import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Accepts the tokens that a {@link JwtDecoder} accepts. The decoder blocks while it fetches keys, so it runs on threads
 * of its own and never on network threads.
 */
final class JwtAuthenticator implements Authenticator, AutoCloseable {
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 10_000;

    private final JwtDecoder decoder;
    private final String userClaim;
    private final ExecutorService threads;

    JwtAuthenticator(JwtDecoder decoder, String userClaim) {
        this.decoder = decoder;
        this.userClaim = userClaim;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING), JwtAuthenticator::thread);
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "webchat-jwt");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletionStage<Principal> authenticate(String token) {
        try {
            return CompletableFuture.supplyAsync(() -> principalOf(token), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too many tokens wait for their check", e));
        }
    }

    private Principal principalOf(String token) {
        Jwt jwt = decoded(token);
        // A claim may be null in JSON, and then says nothing.
        Map<String, Object> claims = new HashMap<>(jwt.getClaims());
        claims.values().removeIf(Objects::isNull);
        return Principal.of(userOf(jwt)).withClaims(claims).until(jwt.getExpiresAt());
    }

    private UserId userOf(Jwt jwt) {
        String user = jwt.getClaimAsString(userClaim);
        if (user == null) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "the token has no claim " + userClaim);
        }
        try {
            return UserId.of(user);
        } catch (ChatException e) {
            throw new ChatException(
                    ErrorCode.UNAUTHORIZED, "the claim " + userClaim + " is no user id: " + e.detail(), e);
        }
    }

    private Jwt decoded(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "the token is wrong or has expired", e);
        } catch (JwtException e) {
            // The keys of the identity provider could not be fetched.
            throw new ChatException(ErrorCode.UNAVAILABLE, "the token cannot be checked now", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
