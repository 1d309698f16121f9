package io.webchat.core;

import io.webchat.core.ids.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user as the application knows them: who it is, what a token or the application says about them, and until when that
 * holds. Immutable.
 *
 * <pre>{@code
 * Principal.of(UserId.of("alice")).withClaims(Map.of("tenant", "acme")).until(token.expiresAt())
 * }</pre>
 *
 * @param user the user
 * @param claims the statements about the user, by name, for example roles, a tenant or a display name; webchat passes
 *     them to policies and does not interpret them
 * @param expiresAt the time when a session of this principal ends unless it is renewed; null for never
 */
public record Principal(
        UserId user, Map<String, Object> claims, @Nullable Instant expiresAt) {
    /** Makes a principal whose claims cannot change. */
    public Principal {
        claims = Map.copyOf(claims);
    }

    /** Makes a principal without claims that never expires. */
    public static Principal of(UserId user) {
        return new Principal(user, Map.of(), null);
    }

    /** Returns the same principal with these claims. */
    public Principal withClaims(Map<String, ?> all) {
        return new Principal(user, Map.copyOf(all), expiresAt);
    }

    /** Returns the same principal with the time when it expires; null for never. */
    public Principal until(@Nullable Instant expiry) {
        return new Principal(user, claims, expiry);
    }

    /** Whether this principal has expired at this time. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Returns a claim; null if there is none with this name. */
    public @Nullable Object claim(String name) {
        return claims.get(name);
    }
}
