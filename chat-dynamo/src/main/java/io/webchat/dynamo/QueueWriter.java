package io.webchat.dynamo;

import io.webchat.core.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Takes the steps that wait for one queue, all at once: reads the head item, takes the steps, and puts the result in
 * its place if that is still the same. Where another node was faster, the steps are taken anew.
 */
record QueueWriter(QueueTable table, QueueAges ages) {
    /** A lost race is no overload: whoever lost it must not fall behind those that win. */
    private static final int LONGEST_PAUSE = 1;

    private record Round(UserId user, List<QueueWrite<?>> calls, Busy busy) {}

    /**
     * Answers the calls.
     *
     * @param had what this node itself put there last, if it was just now
     * @return what is there now, as far as it is known; never fails
     */
    CompletableFuture<Optional<QueueState>> write(
            UserId user, List<QueueWrite<?>> calls, Optional<QueueState> had, Busy busy) {
        Round round = new Round(user, calls, busy);
        // Inside a stage, so that whatever goes wrong reaches the callers.
        CompletableFuture<Optional<QueueState>> done = CompletableFuture.completedFuture(had)
                .thenCompose(base -> base.isPresent() ? attempt(round, base.get(), false, 0) : fresh(round, 0));
        // Nobody waits where there are no calls: whoever writes next does what was left.
        return done.exceptionally(failure -> {
            calls.forEach(each -> each.fail(failure));
            return Optional.empty();
        });
    }

    private CompletableFuture<Optional<QueueState>> fresh(Round round, int conflicts) {
        return table.head(round.user, round.busy).thenCompose(head -> attempt(round, head, true, conflicts));
    }

    private CompletableFuture<Optional<QueueState>> attempt(
            Round round, QueueState base, boolean fresh, int conflicts) {
        return ages.upToDate(round.user, base, round.busy)
                .thenCompose(result -> table.sent(round.user, unknown(round, base), round.busy)
                        .thenCompose(before -> take(round, base, result, before, fresh, conflicts)));
    }

    /** Those that the head item says nothing of. */
    private static Set<Fingerprint> unknown(Round round, QueueState base) {
        Set<String> recent =
                base.recent.stream().map(each -> each.sent().name()).collect(Collectors.toSet());
        return round.calls.stream()
                .map(each -> each.sent)
                .flatMap(each -> Optional.ofNullable(each).stream())
                .filter(each -> !recent.contains(each.name()))
                .collect(Collectors.toSet());
    }

    private CompletableFuture<Optional<QueueState>> take(
            Round round,
            QueueState base,
            QueueState result,
            Map<String, QueueEntry> before,
            boolean fresh,
            int conflicts) {
        long micros = table.micros();
        List<Runnable> answers = round.calls.stream()
                .map(each -> each.take(result, before, micros))
                .toList();
        if (result.changed || round.calls.isEmpty()) {
            return put(round, base, result, answers, conflicts);
        }
        if (!fresh) {
            // That there is nothing to do may be old news.
            return fresh(round, conflicts);
        }
        answers.forEach(Runnable::run);
        return CompletableFuture.completedFuture(Optional.of(base));
    }

    private CompletableFuture<Optional<QueueState>> put(
            Round round, QueueState base, QueueState result, List<Runnable> answers, int conflicts) {
        QueueChores chores = new QueueChores(table.items(), round.user, base, result);
        String tag = UUID.randomUUID().toString().substring(0, 23);
        return table.write(chores.requests(table.millis()), round.busy)
                .thenCompose(done -> table.putHead(round.user, result, tag, round.busy))
                .thenCompose(there -> {
                    if (there.isPresent()) {
                        return again(round, there.get(), conflicts);
                    }
                    answers.forEach(Runnable::run);
                    QueueState now = result.copy();
                    now.tag = tag;
                    return CompletableFuture.completedFuture(Optional.of(now));
                });
    }

    private CompletableFuture<Optional<QueueState>> again(Round round, QueueState there, int conflicts) {
        if (round.busy.over()) {
            return CompletableFuture.failedFuture(Faults.unavailable("too many nodes change one queue at once"));
        }
        return Busy.pause(Math.min(conflicts, LONGEST_PAUSE))
                .thenCompose(waited -> attempt(round, there, true, conflicts + 1))
                .toCompletableFuture();
    }
}
