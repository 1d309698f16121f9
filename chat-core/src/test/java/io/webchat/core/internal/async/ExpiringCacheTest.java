package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Answers are cached for a while, failures are not. */
final class ExpiringCacheTest {
    private final AtomicLong now = new AtomicLong();
    private final List<CompletableFuture<String>> queries = new ArrayList<>();
    private final ExpiringCache<String, String> cache =
            new ExpiringCache<>(key -> query(), 16, Duration.ofNanos(100), now::get);

    private CompletableFuture<String> query() {
        queries.add(new CompletableFuture<>());
        return queries.get(queries.size() - 1);
    }

    private void request(String key) {
        CompletableFuture<String> unused = cache.get(key);
    }

    @Test
    void concurrent_requests_share_one_query_and_later_ones_its_answer() {
        CompletableFuture<String> one = cache.get("key");
        CompletableFuture<String> two = cache.get("key");
        queries.get(0).complete("answer");

        assertThat(one).isCompletedWithValue("answer");
        assertThat(two).isCompletedWithValue("answer");
        assertThat(cache.get("key")).isCompletedWithValue("answer");
        assertThat(queries).hasSize(1);
    }

    @Test
    void the_age_of_an_answer_counts_from_its_query() {
        request("key");
        now.set(60);
        queries.get(0).complete("old");
        now.set(99);
        assertThat(cache.get("key")).isCompletedWithValue("old");
        now.set(100);

        assertThat(cache.get("key")).isNotDone();
        queries.get(1).complete("new");
        assertThat(cache.get("key")).isCompletedWithValue("new");
        assertThat(queries).hasSize(2);
    }

    @Test
    void a_failure_reaches_all_requests_and_is_not_cached() {
        CompletableFuture<String> one = cache.get("key");
        CompletableFuture<String> two = cache.get("key");
        queries.get(0).completeExceptionally(new IllegalStateException("failed by the test"));

        assertThat(one).isCompletedExceptionally();
        assertThat(two).isCompletedExceptionally();
        request("key");
        queries.get(1).complete("answer");
        assertThat(cache.get("key")).isCompletedWithValue("answer");
    }

    @Test
    void a_key_forgotten_during_its_query_is_queried_again() {
        CompletableFuture<String> before = cache.get("key");
        cache.forget("key");
        CompletableFuture<String> after = cache.get("key");
        queries.get(1).complete("new");
        queries.get(0).complete("old");

        assertThat(before).isCompletedWithValue("old");
        assertThat(after).isCompletedWithValue("new");
        assertThat(cache.get("key")).isCompletedWithValue("new");
        assertThat(cache.refresh("key")).isNotDone();
    }

    @Test
    void the_cache_is_bounded() {
        for (int i = 0; i < 1_000; i++) {
            request("key" + i);
            assertThat(cache.size()).isLessThanOrEqualTo(16);
        }
        assertThat(cache.size()).isGreaterThan(8);
    }
}
