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
 * Takes the steps that wait for one queue, all at once: reads the head item, takes the steps, and puts the result in
 * its place if that is still the same. Where another node was faster, the steps are taken anew.
 */
record QueueWriter(QueueTable table, ExpiredEventTrimmer trimmer) {
    /** About what a request takes: whoever lost a race is not to fall behind those that win, nor to meet them again. */
    private static final int LONGEST_PAUSE_MILLIS = 10;

    /**
     * Answers the calls.
     *
     * @param had what this node itself put there last, if it was just now
     * @return what is there now, as far as it is known; never fails
     */
    CompletableFuture<Optional<QueueState>> write(
            UserId user, List<QueueWrite<?>> calls, Optional<QueueState> had, ThrottleRetry retry) {
        WriteRound round = new WriteRound(user, calls, retry);
        // Inside a stage, so that whatever goes wrong reaches the callers.
        CompletableFuture<Optional<QueueState>> done = CompletableFuture.completedFuture(had)
                .thenCompose(base -> base.isPresent() ? attempt(round, base.get(), false) : fresh(round));
        // Nobody waits where there are no calls: whoever writes next does what was left.
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
            // That there is nothing to do may be old news.
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
            return CompletableFuture.failedFuture(DynamoErrors.unavailable("too many nodes change one queue at once"));
        }
        long pause = round.conflicts == 0 ? 0 : ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS + 1);
        round.conflicts++;
        return Futures.later(Duration.ofMillis(pause)).thenCompose(waited -> attempt(round, there, true));
    }
}
