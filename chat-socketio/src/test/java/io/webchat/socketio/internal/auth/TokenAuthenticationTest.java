package io.webchat.socketio.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.testkit.LogLines;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An address whose tokens are refused too often waits, and the authenticator is not asked meanwhile. */
class TokenAuthenticationTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress THERE = new InetSocketAddress("192.0.2.2", 1);
    private static final int AT_ONCE = 20;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final TokenAuthentication tokens = new TokenAuthentication(this::authenticate, 1, now::get);

    private CompletionStage<Principal> authenticate(String token) {
        asked.incrementAndGet();
        return switch (token) {
            case "good" -> CompletableFuture.completedFuture(Principal.of(UserId.of("alice")));
            case "banned" -> failed(ErrorCode.FORBIDDEN);
            case "gone" -> failed(ErrorCode.NOT_FOUND);
            case "busy" -> failed(ErrorCode.UNAVAILABLE);
            case "thrown" -> throw new IllegalStateException("broken");
            default -> failed(ErrorCode.UNAUTHORIZED);
        };
    }

    private static CompletionStage<Principal> failed(ErrorCode code) {
        return CompletableFuture.failedFuture(new ChatException(code, "no"));
    }

    private @Nullable ErrorCode refusal(String token, InetSocketAddress client) {
        return refusal(tokens, token, client);
    }

    private static @Nullable ErrorCode refusal(TokenAuthentication tokens, String token, InetSocketAddress client) {
        return tokens.principal(token, client)
                .handle((principal, failure) ->
                        failure == null ? null : ((ChatException) Failures.unwrap(failure)).code())
                .toCompletableFuture()
                .join();
    }

    private void refuse(int times, InetSocketAddress client) {
        for (int i = 0; i < times; i++) {
            assertThat(refusal("bad", client)).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
    }

    @Test
    void G13_anAddressWithTooManyRefusedTokensWaits() {
        refuse(AT_ONCE, HERE);

        assertThat(refusal("bad", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal("good", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(asked).hasValue(AT_ONCE);
        assertThat(refusal("bad", THERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void anAddressThatWaitedIsServedAgain() {
        refuse(AT_ONCE, HERE);
        assertThat(refusal("good", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);

        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(refusal("good", HERE)).isNull();
        assertThat(refusal("bad", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(refusal("bad", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void G13_aTokenThatWasValidLatelyDoesNotWaitForTheRefusedOnesOfOthers() {
        assertThat(refusal("good", THERE)).isNull();
        refuse(AT_ONCE, HERE);

        assertThat(refusal("bad", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal("good", HERE)).isNull();
        assertThat(asked).hasValue(AT_ONCE + 2);
    }

    @Test
    void G13_aLocalCheckLetsValidTokensPassAndLimitsTheRefusedOnes() {
        TokenAuthentication local = new TokenAuthentication(new LocalAuthenticator(this::authenticate), 1, now::get);
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(refusal(local, "bad", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
        }

        assertThat(refusal(local, "bad", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal(local, "good", HERE)).isNull();
        assertThat(refusal(local, "bad", THERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    private record LocalAuthenticator(Authenticator tokens) implements Authenticator {
        @Override
        public CompletionStage<Principal> authenticate(String token) {
            return tokens.authenticate(token);
        }

        @Override
        public boolean isLocal() {
            return true;
        }
    }

    @Test
    void aTokenThatIsNotValidAnyMoreTellsItsReasonOnce() {
        AtomicReference<String> valid = new AtomicReference<>("good");
        TokenAuthentication changing = new TokenAuthentication(
                new LocalAuthenticator(token -> authenticate(token.equals(valid.get()) ? "good" : "bad")), 1, now::get);
        assertThat(refusal(changing, "good", HERE)).isNull();
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(refusal(changing, "bad", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
        valid.set("another");

        assertThat(refusal(changing, "good", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(refusal(changing, "good", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal(changing, "another", HERE)).isNull();
    }

    @Test
    void theTokenThatWasNotUsedForLongestIsForgotten() {
        RecentTokens recent = new RecentTokens(2);
        recent.add("a");
        recent.add("b");
        recent.add("a");
        recent.add("c");

        assertThat(Stream.of("a", "b", "c").filter(recent::contains)).containsExactly("a", "c");
    }

    @Test
    void validTokensAndPassingFailuresAreNotCounted() {
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            assertThat(refusal("good", HERE)).isNull();
            assertThat(refusal("busy", HERE)).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void theClientsOfOneIpv6NetworkShareALimit() {
        refuse(AT_ONCE, new InetSocketAddress("2001:db8:1:2:aaaa::1", 1));

        assertThat(refusal("bad", new InetSocketAddress("2001:db8:1:2:bbbb::7", 1)))
                .isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal("bad", new InetSocketAddress("2001:db8:1:3:aaaa::1", 1)))
                .isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void checksAtTheSameTimeKeepTheirOwnReason() {
        CompletableFuture<Principal> open = new CompletableFuture<>();
        TokenAuthentication slow = new TokenAuthentication(token -> open, 1, now::get);
        var all = Stream.generate(() -> slow.principal("any", HERE))
                .limit(2 * AT_ONCE)
                .toList();

        open.completeExceptionally(new ChatException(ErrorCode.UNAUTHORIZED, "expired"));

        assertThat(all)
                .allSatisfy(each -> assertThat(each)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .withMessageContaining("expired"));
    }

    @Test
    void everyOtherFailureOfTheAuthenticatorIsUnauthorized() {
        assertThat(refusal("gone", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(refusal("thrown", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(refusal("banned", HERE)).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void G13_failuresOfTheAuthenticatorDoNotFillTheLog() {
        try (LogLines log = new LogLines(Level.INFO)) {
            for (int i = 0; i < 50; i++) {
                assertThat(refusal("thrown", new InetSocketAddress("192.0.2." + i, 1)))
                        .isEqualTo(ErrorCode.UNAUTHORIZED);
            }

            assertThat(log.lines())
                    .filteredOn(each -> each.contains("the authenticator failed"))
                    .singleElement()
                    .asString()
                    .contains("192.0.2.0", "broken");
        }
    }

    @Test
    void aPrincipalThatHasExpiredIsUnauthorized() {
        Principal expired = Principal.of(UserId.of("alice")).until(Instant.EPOCH);
        TokenAuthentication late =
                new TokenAuthentication(token -> CompletableFuture.completedFuture(expired), 1, now::get);

        assertThat(late.principal("any", HERE))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("the token has expired");
    }

    @Test
    void anUnresolvedAddressHasALimitToo() {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        refuse(AT_ONCE, unknown);

        assertThat(refusal("good", unknown)).isEqualTo(ErrorCode.RATE_LIMITED);
    }
}
