package io.webchat.examples.server.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Tokens of RFC 7519, signed with HS256: {@code sub} is the user id, {@code exp} is required. */
public final class Tokens implements Authenticator {
    private static final int KEY_BYTES = 32;
    private static final Duration LIFETIME = Duration.ofHours(12);
    /** Renewals are possible for so long after a sign-in; a stolen token is not good for ever. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final String SIGNED_IN = "auth_time";

    private final byte[] key;
    private final Duration lifetime;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** Tokens of this key that are good for so long. */
    public Tokens(byte[] key, Duration lifetime, Clock clock) {
        this.key = key.clone();
        this.lifetime = lifetime;
        this.clock = clock;
        // One algorithm and one key: a token cannot choose "none" or anything else.
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(key)));
        processor.setJWTClaimsSetVerifier(new ClaimsAt(clock));
    }

    /** Tokens for 12 hours, signed with this key. An empty key means a random one. */
    public static Tokens of(byte[] key) {
        return new Tokens(key.length == 0 ? randomKey() : key, LIFETIME, Clock.systemUTC());
    }

    /** A random key for one run. */
    public static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** A new token and when it ends. */
    public record Issued(String token, Instant expiresAt) {}

    /** A new token for this user, who has just signed in. */
    public Issued issue(UserId user) {
        return issue(user, clock.instant());
    }

    private Issued issue(UserId user, Instant signedIn) {
        Instant expiresAt = clock.instant().plus(lifetime);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(user.value())
                .claim(SIGNED_IN, signedIn.getEpochSecond())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(expiresAt))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is part of every Java platform", e);
        }
        return new Issued(token.serialize(), expiresAt);
    }

    /**
     * A new token for the user of one of this server's tokens that is still good.
     *
     * @param changedAt tells when a user's password was changed last
     * @return fails with {@code unauthorized} for another token, 30 days after the sign-in, and if the password was
     *     changed since the sign-in
     */
    public CompletionStage<Issued> renew(String token, Function<UserId, CompletionStage<Instant>> changedAt) {
        return authenticateNow(token, changedAt).thenApply(principal -> {
            Instant signedIn = signedIn(principal);
            if (signedIn.plus(LONGEST).isBefore(clock.instant())) {
                throw new ChatException(ErrorCode.UNAUTHORIZED, "this sign-in is too old, sign in again");
            }
            return issue(principal.user(), signedIn);
        });
    }

    /** A check takes one signature. */
    @Override
    public boolean isLocal() {
        return true;
    }

    /**
     * The user of a token, for what outlasts it.
     *
     * @param changedAt tells when a user's password was changed last
     * @return fails with {@code unauthorized} for a token that is not good, and if the password was changed since the
     *     sign-in
     */
    CompletionStage<Principal> authenticateNow(String token, Function<UserId, CompletionStage<Instant>> changedAt) {
        return authenticate(token)
                .thenCompose(principal -> changedAt.apply(principal.user()).thenApply(changed -> {
                    if (signedIn(principal).isBefore(changed)) {
                        throw new ChatException(ErrorCode.UNAUTHORIZED, "the password was changed, sign in again");
                    }
                    return principal;
                }));
    }

    private static Instant signedIn(Principal principal) {
        return principal.claim(SIGNED_IN) instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue())
                : Instant.EPOCH;
    }

    @Override
    public CompletionStage<Principal> authenticate(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Map<String, Object> known = new HashMap<>(claims.getClaims());
            known.values().removeIf(Objects::isNull);
            return CompletableFuture.completedFuture(Principal.of(UserId.of(claims.getSubject()))
                    .withClaims(known)
                    .until(claims.getExpirationTime().toInstant()));
        } catch (ParseException | BadJOSEException | JOSEException | ChatException e) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAUTHORIZED, "the token is not valid, or no longer", e));
        }
    }

    private static final class ClaimsAt extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final Clock clock;

        ClaimsAt(Clock clock) {
            super(null, Set.of("sub", "exp"));
            this.clock = clock;
            setMaxClockSkew(0);
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
