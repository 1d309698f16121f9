package io.webchat.socketio.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The bucket of each user. */
class RateLimiterTest {
    private static final UserId ALICE = UserId.of("alice");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final RateLimiter<UserId> rate =
            new RateLimiter<>("too many requests", 10, Duration.ofMillis(500), now::get);

    @Test
    void aBurstPassesThenARequestPerTenthOfASecond() {
        for (int i = 0; i < 5; i++) {
            rate.take(ALICE);
        }

        assertThatThrownBy(() -> rate.take(ALICE))
                .asInstanceOf(type(ChatException.class))
                .satisfies(refused -> assertThat(refused.retryAfter()).hasValue(Duration.ofMillis(100)));
        rate.take(UserId.of("bob"));
        // Refused requests cost nothing, and the clock may overflow meanwhile.
        now.addAndGet(Duration.ofMillis(100).toNanos());
        rate.take(ALICE);
        assertThatThrownBy(() -> rate.take(ALICE)).isInstanceOf(ChatException.class);
    }

    @Test
    void bucketsThatAreFullAgainAreForgotten() {
        for (int i = 0; i < 1023; i++) {
            rate.take(UserId.of("u" + i));
        }
        assertThat(rate.size()).isEqualTo(1023);

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        rate.take(ALICE);

        assertThat(rate.size()).isEqualTo(1);
    }

    @Test
    void zeroIsNoLimit() {
        RateLimiter<UserId> free = new RateLimiter<>("too many requests", 0, Duration.ofSeconds(1), now::get);
        for (int i = 0; i < 10_000; i++) {
            free.take(ALICE);
        }

        assertThat(free.size()).isZero();
    }
}
