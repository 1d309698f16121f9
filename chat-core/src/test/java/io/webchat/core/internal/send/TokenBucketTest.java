package io.webchat.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rate and a burst, measured with a clock that the test sets. */
final class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(SECOND);

    private TokenBucket bucket(int perSecond, Duration burst) {
        return new TokenBucket(perSecond, burst, now::get);
    }

    private static int takeAll(TokenBucket bucket) {
        int taken = 0;
        while (bucket.take() == 0) {
            taken++;
        }
        return taken;
    }

    @Test
    void exactly_the_burst_passes_at_once() {
        assertThat(takeAll(bucket(50, Duration.ofSeconds(4)))).isEqualTo(200);
    }

    @Test
    void a_refusal_names_the_time_until_the_next_token() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(1));
        takeAll(bucket);
        long wait = bucket.take();

        assertThat(wait).isEqualTo(SECOND / 10);
        now.addAndGet(wait - 1);
        assertThat(bucket.take()).isEqualTo(1);
        now.addAndGet(1);
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void a_refusal_takes_no_token() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(1));
        takeAll(bucket);
        IntStream.range(0, 1000).forEach(i -> bucket.take());
        now.addAndGet(SECOND / 2);

        assertThat(takeAll(bucket)).isEqualTo(5);
    }

    @Test
    void an_idle_bucket_fills_up_to_its_burst_only() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(2));
        takeAll(bucket);
        now.addAndGet(3600 * SECOND);

        assertThat(takeAll(bucket)).isEqualTo(20);
    }

    @Test
    void a_bucket_is_full_again_after_all_tokens_were_added() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(1));
        assertThat(bucket.isFull()).isTrue();
        takeAll(bucket);
        now.addAndGet(SECOND - 1);
        assertThat(bucket.isFull()).isFalse();
        now.addAndGet(1);
        assertThat(bucket.isFull()).isTrue();
    }

    @Test
    void a_rate_of_0_means_no_limit() {
        TokenBucket bucket = bucket(0, Duration.ofMillis(1));

        assertThat(IntStream.range(0, 10_000).mapToLong(i -> bucket.take()).sum())
                .isZero();
        assertThat(bucket.isFull()).isTrue();
    }

    @Test
    void one_token_fits_even_with_a_very_short_burst() {
        TokenBucket bucket = bucket(1, Duration.ofMillis(1));

        assertThat(takeAll(bucket)).isEqualTo(1);
        now.addAndGet(SECOND);
        assertThat(takeAll(bucket)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - SECOND, Long.MIN_VALUE, -SECOND, 0})
    void a_bucket_works_at_every_clock_value_and_when_the_clock_wraps(long start) {
        now.set(start);
        TokenBucket bucket = bucket(10, Duration.ofSeconds(1));
        assertThat(takeAll(bucket)).isEqualTo(10);
        now.addAndGet(2 * SECOND);

        assertThat(takeAll(bucket)).isEqualTo(10);
    }

    @Test
    void concurrent_threads_share_the_tokens() {
        TokenBucket bucket = bucket(1000, Duration.ofSeconds(10));
        List<CompletableFuture<Integer>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> takeAll(bucket)))
                .toList();

        assertThat(all.stream()
                        .mapToInt(each -> each.orTimeout(10, TimeUnit.SECONDS).join())
                        .sum())
                .isEqualTo(10_000);
    }
}
