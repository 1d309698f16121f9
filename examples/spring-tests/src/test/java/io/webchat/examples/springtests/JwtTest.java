package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** An application with a JwtDecoder needs no authenticator: the tokens of its REST side open the chat. */
class JwtTest {
    private static final ApplicationContextRunner WITH_DECODER =
            Runners.empty().withBean(JwtDecoder.class, () -> JwtTest::decode);

    private static Jwt decode(String token) {
        return switch (token) {
            case "forged" -> throw new BadJwtException("wrong signature");
            case "unknown" -> throw new JwtException("the keys cannot be fetched");
            default ->
                new Jwt(token, Instant.now(), Instant.now().plusSeconds(60), Map.of("alg", "none"), claims(token));
        };
    }

    @SuppressWarnings("NullAway") // JSON has null, and the map of a token too
    private static Map<String, Object> claims(String user) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", user);
        claims.put("preferred_username", user + "-by-name");
        claims.put("phone", null);
        return claims;
    }

    private static ErrorCode codeOf(Authenticator authenticator, String token) {
        CompletableFuture<?> answer = authenticator.authenticate(token).toCompletableFuture();
        await().until(answer::isDone);
        Throwable failure = answer.handle((user, thrown) -> thrown).join();
        return ((ChatException) Failures.unwrap(failure)).code();
    }

    private static Principal principalOf(ApplicationContext context, String token) {
        return context.getBean(Authenticator.class)
                .authenticate(token)
                .toCompletableFuture()
                .join();
    }

    @Test
    void theSubjectIsTheUserAndTheClaimsAndTheExpiryComeAlong() {
        WITH_DECODER.run(context -> {
            Principal alice = principalOf(context, "alice");
            assertThat(alice.user()).isEqualTo(UserId.of("alice"));
            assertThat(alice.claim("preferred_username")).isEqualTo("alice-by-name");
            assertThat(alice.claim("phone")).isNull();
            assertThat(alice.expiresAt()).isAfter(Instant.now());
        });
    }

    @Test
    void anotherClaimMayBeTheUser() {
        WITH_DECODER
                .withPropertyValues("webchat.jwt.user-claim=preferred_username")
                .run(context -> assertThat(principalOf(context, "alice").user()).isEqualTo(UserId.of("alice-by-name")));
    }

    @Test
    void refusalsTellTheClientWhetherToTryAgain() {
        WITH_DECODER.run(context -> {
            Authenticator authenticator = context.getBean(Authenticator.class);
            assertThat(codeOf(authenticator, "forged")).isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(codeOf(authenticator, "not a user id")).isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(codeOf(authenticator, "unknown")).isEqualTo(ErrorCode.UNAVAILABLE);
        });
        WITH_DECODER
                .withPropertyValues("webchat.jwt.user-claim=email")
                .run(context -> assertThat(codeOf(context.getBean(Authenticator.class), "alice"))
                        .isEqualTo(ErrorCode.UNAUTHORIZED));
    }

    @Test
    void anAuthenticatorOfTheApplicationComesFirst() {
        Runners.withAuthenticator()
                .withBean(JwtDecoder.class, () -> JwtTest::decode)
                .run(context ->
                        assertThat(principalOf(context, "forged").user()).isEqualTo(UserId.of("forged")));
    }
}
