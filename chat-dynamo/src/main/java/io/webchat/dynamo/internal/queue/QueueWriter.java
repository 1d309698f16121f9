package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Applies all waiting changes of one queue at once: reads the head item, applies the changes, and writes the head item
 * if it is still the same. If another node was faster, it begins again.
 */
record QueueWriter(QueueTable table, ExpiredEventTrimmer trimmer) {
    /** About the time of one request. A node that lost a race must not fall behind the winners, nor meet them again. */
    private static final int LONGEST_PAUSE_MILLIS = 10;

    /**
     * Answers the calls.
     *
     * @param had the state that this node wrote just before, if it did
     * @return the state in the table, if known; never fails
     */
    CompletableFuture<Optional<QueueState>> write(
            UserId user, List<QueueWrite<?>> calls, Optional<QueueState> had, ThrottleRetry retry) {
        WriteRound round = new WriteRound(user, calls, retry);
        // Inside a stage, so that every failure reaches the callers.
        CompletableFuture<Optional<QueueState>> done = CompletableFuture.completedFuture(had)
                .thenCompose(base -> base.isPresent() ? attempt(round, base.get(), false) : fresh(round));
        // Without calls no caller waits: the next writer does the work that was left.
        return done.exceptionally(failure -> {
            calls.forEach(each -> each.fail(failure));
            return Optional.empty();
        });
    }

    private CompletableFuture<Optional<QueueState>> fresh(WriteRound round) {
        return table.head(round.user, round.retry).thenCompose(head -> attempt(round, head, true));
    }

    private CompletableFuture<Optional<QueueState>> attempt(WriteRound round, QueueState base, boolean fresh) {
        return trimmer.trim(round.user, base, round.retry)
                .thenCompose(result -> table.sent(round.user, round.unknown(base), round.retry)
                        .thenCompose(found -> take(round, base, result, round.learn(base, found), fresh)));
    }

    private CompletableFuture<Optional<QueueState>> take(
            WriteRound round, QueueState base, QueueState result, Map<String, QueueEntry> before, boolean fresh) {
        long micros = table.micros();
        List<Runnable> answers = round.calls.stream()
                .map(each -> each.take(result, before, micros))
                .toList();
        if (result.changed || round.calls.isEmpty()) {
            return put(round, base, result, answers);
        }
        if (!fresh) {
            // The state may be outdated, so read it again before saying that there is nothing to do.
            return fresh(round);
        }
        answers.forEach(Runnable::run);
        return CompletableFuture.completedFuture(Optional.of(base));
    }

    private CompletableFuture<Optional<QueueState>> put(
            WriteRound round, QueueState base, QueueState result, List<Runnable> answers) {
        HeadCompaction compaction = new HeadCompaction(table.items(), round, base, result);
        String tag = UUID.randomUUID().toString().substring(0, 23);
        return table.write(compaction.requests(table.millis()), round.retry)
                .thenCompose(done -> table.putHead(round.user, result, tag, round.retry))
                .thenCompose(there -> {
                    if (there.isPresent()) {
                        return again(round, there.get());
                    }
                    answers.forEach(Runnable::run);
                    QueueState now = result.copy();
                    now.tag = tag;
                    return CompletableFuture.completedFuture(Optional.of(now));
                });
    }

    private CompletableFuture<Optional<QueueState>> again(WriteRound round, QueueState there) {
        if (round.retry.isOver()) {
            return CompletableFuture.failedFuture(
                    DynamoErrors.unavailable("too many nodes change this queue at once, try again"));
        }
        long pause = round.conflicts == 0 ? 0 : ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS + 1);
        round.conflicts++;
        return Futures.later(Duration.ofMillis(pause)).thenCompose(waited -> attempt(round, there, true));
    }
}
