package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Answers are kept for a while, and no failure is. */
final class ExpiringCacheTest {
    private final AtomicLong now = new AtomicLong();
    private final List<CompletableFuture<String>> questions = new ArrayList<>();
    private final ExpiringCache<String, String> cache =
            new ExpiringCache<>(key -> asked(), 16, Duration.ofNanos(100), now::get);

    private CompletableFuture<String> asked() {
        questions.add(new CompletableFuture<>());
        return questions.get(questions.size() - 1);
    }

    private void ask(String key) {
        CompletableFuture<String> unused = cache.get(key);
    }

    @Test
    void those_who_ask_at_once_share_one_question_and_later_ones_its_answer() {
        CompletableFuture<String> one = cache.get("key");
        CompletableFuture<String> two = cache.get("key");
        questions.get(0).complete("answer");

        assertThat(one).isCompletedWithValue("answer");
        assertThat(two).isCompletedWithValue("answer");
        assertThat(cache.get("key")).isCompletedWithValue("answer");
        assertThat(questions).hasSize(1);
    }

    @Test
    void an_answer_is_as_old_as_its_question() {
        ask("key");
        now.set(60);
        questions.get(0).complete("old");
        now.set(99);
        assertThat(cache.get("key")).isCompletedWithValue("old");
        now.set(100);

        assertThat(cache.get("key")).isNotDone();
        questions.get(1).complete("new");
        assertThat(cache.get("key")).isCompletedWithValue("new");
        assertThat(questions).hasSize(2);
    }

    @Test
    void a_failure_reaches_all_who_asked_and_is_forgotten() {
        CompletableFuture<String> one = cache.get("key");
        CompletableFuture<String> two = cache.get("key");
        questions.get(0).completeExceptionally(new IllegalStateException("failed by the test"));

        assertThat(one).isCompletedExceptionally();
        assertThat(two).isCompletedExceptionally();
        ask("key");
        questions.get(1).complete("answer");
        assertThat(cache.get("key")).isCompletedWithValue("answer");
    }

    @Test
    void what_is_forgotten_while_it_is_asked_for_is_asked_anew() {
        CompletableFuture<String> before = cache.get("key");
        cache.forget("key");
        CompletableFuture<String> after = cache.get("key");
        questions.get(1).complete("new");
        questions.get(0).complete("old");

        assertThat(before).isCompletedWithValue("old");
        assertThat(after).isCompletedWithValue("new");
        assertThat(cache.get("key")).isCompletedWithValue("new");
        assertThat(cache.refresh("key")).isNotDone();
    }

    @Test
    void no_more_are_kept_than_may_be() {
        for (int i = 0; i < 1_000; i++) {
            ask("key" + i);
            assertThat(cache.size()).isLessThanOrEqualTo(16);
        }
        assertThat(cache.size()).isGreaterThan(8);
    }
}
