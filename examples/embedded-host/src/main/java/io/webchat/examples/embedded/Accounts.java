package io.webchat.examples.embedded;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The application's own users and sign-ins. Of the chat, they know only tokens and user ids. */
final class Accounts {
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final int TOKEN_BYTES = 32;

    private record SignIn(UserId user, Instant until) {}

    private final Map<UserId, PasswordHash> passwords = new ConcurrentHashMap<>();
    private final Map<String, SignIn> signIns = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final PasswordHash nobody = PasswordHash.of("nobody's", random);
    private final Clock clock;

    Accounts(Clock clock) {
        this.clock = clock;
    }

    void register(UserId user, String password) {
        passwords.put(user, PasswordHash.of(password, random));
    }

    /** A token for who knows the password. It takes as long for a user who does not exist. */
    Optional<String> signIn(UserId user, String password) {
        PasswordHash known = passwords.getOrDefault(user, nobody);
        if (!known.matches(password) || known == nobody) {
            return Optional.empty();
        }
        signIns.values().removeIf(each -> !clock.instant().isBefore(each.until()));
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        signIns.put(token, new SignIn(user, clock.instant().plus(LIFETIME)));
        return Optional.of(token);
    }

    /** The authenticator. The chat asks it when a client connects, and the REST side at every request. */
    CompletionStage<Principal> principalOf(String token) {
        SignIn signIn = signIns.get(token);
        return signIn != null && clock.instant().isBefore(signIn.until())
                ? CompletableFuture.completedStage(Principal.of(signIn.user()).until(signIn.until()))
                : CompletableFuture.failedStage(new ChatException(ErrorCode.UNAUTHORIZED, "please sign in"));
    }
}
