package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.internal.async.Mailbox;
import io.webchat.core.internal.async.SessionTasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One call moves the cursor for several confirmations, and none is left out. */
final class CursorAdvanceTest {
    private static final long EPOCH = 1;

    private final DeliveryWindow window = new DeliveryWindow(100);
    private final List<Long> moves = new ArrayList<>();
    private final Deque<CompletableFuture<Boolean>> answers = new ArrayDeque<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<String> news = new ArrayList<>();
    private final CursorAdvance cursor = new CursorAdvance(
            window,
            this::move,
            new SessionTasks(new Mailbox(Runnable::run), (delay, task) -> timers.add(task), () -> false),
            () -> news.add("epoch"));

    CursorAdvanceTest() {
        window.begin(EPOCH, 0);
    }

    private CompletableFuture<Boolean> move(long epoch, long seq) {
        assertThat(epoch).isEqualTo(EPOCH);
        moves.add(seq);
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    private void confirmed(long seq) {
        window.skipTo(seq);
        cursor.advance();
    }

    @Test
    void the_first_confirmation_moves_the_cursor_at_once() {
        confirmed(1);

        assertThat(moves).containsExactly(1L);
    }

    @Test
    void confirmations_during_a_call_and_the_pause_behind_it_share_the_next_call() {
        confirmed(1);
        confirmed(2);
        answers.remove().complete(true);
        confirmed(3);
        assertThat(moves).containsExactly(1L);

        timers.remove().run();

        assertThat(moves).containsExactly(1L, 3L);
    }

    @Test
    void a_pause_without_news_ends_silently() {
        confirmed(1);
        answers.remove().complete(true);
        timers.remove().run();
        assertThat(moves).containsExactly(1L);

        confirmed(2);

        assertThat(moves).containsExactly(1L, 2L);
    }

    @Test
    void the_end_of_the_session_does_not_wait_for_the_pause() {
        confirmed(1);
        answers.remove().complete(true);
        confirmed(2);

        cursor.end();

        assertThat(moves).containsExactly(1L, 2L);
    }

    @Test
    void a_session_that_ends_during_a_call_moves_the_cursor_behind_it() {
        confirmed(1);
        confirmed(2);
        cursor.end();
        assertThat(moves).containsExactly(1L);

        answers.remove().complete(true);

        assertThat(moves).containsExactly(1L, 2L);
        assertThat(timers).isEmpty();
    }

    @Test
    void a_heartbeat_ends_the_pause() {
        confirmed(1);
        answers.remove().complete(true);
        confirmed(2);

        cursor.endPause();
        // The timer of the pause comes late and has no effect.
        timers.remove().run();

        assertThat(moves).containsExactly(1L, 2L);
    }

    @Test
    void the_next_confirmation_repeats_a_failed_call() {
        confirmed(1);
        answers.remove().completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "down"));

        confirmed(2);

        assertThat(moves).containsExactly(1L, 2L);
    }

    @Test
    void another_epoch_is_reported() {
        confirmed(1);
        answers.remove().complete(false);

        assertThat(news).containsExactly("epoch");
        assertThat(timers).isEmpty();
    }
}
