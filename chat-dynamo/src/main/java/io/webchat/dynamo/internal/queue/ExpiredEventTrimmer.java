package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Removes expired events from the front of a queue. Times grow along the list, so a binary search reads only a few
 * events. It reads none if all are known to be young.
 */
record ExpiredEventTrimmer(QueueTable table) {
    /** A copy of the state, without expired events and without devices that were unseen for too long. */
    CompletableFuture<QueueState> trim(UserId user, QueueState state, ThrottleRetry retry) {
        QueueState copy = state.copy();
        long now = table.millis();
        long since = now - table.limits().maxAge().toMillis();
        return withoutOld(new Search(table, user, copy, since, retry)).thenApply(done -> {
            copy.forgetUnseen((now - table.limits().deviceAge().toMillis()) * 1000);
            return copy;
        });
    }

    private static CompletableFuture<Void> withoutOld(Search search) {
        QueueState state = search.state;
        if (state.isEmpty() || state.oldest >= search.since) {
            return CompletableFuture.completedFuture(null);
        }
        List<QueueEntry> linked =
                state.recent.stream().filter(each -> each.seq() >= state.first).toList();
        QueueEntry young = linked.stream()
                .filter(each -> each.storedAt() >= search.since)
                .findFirst()
                .orElse(null);
        long youngAt = young == null ? state.next : young.seq();
        long youngTime = young == null ? search.since : young.storedAt();
        boolean searchItems = state.first < state.recentFrom()
                && (linked.isEmpty() || linked.get(0).storedAt() >= search.since);
        return searchItems
                // The head is most likely to be young.
                ? search.between(state.first, youngAt, state.first, youngTime)
                : search.between(youngAt, youngAt, youngAt, youngTime);
    }

    /** A search for the first young event among those that are items of their own. */
    private record Search(QueueTable table, UserId user, QueueState state, long since, ThrottleRetry retry) {
        /** Looks at this event. All events before {@code from} are old, and {@code to} is young. */
        CompletableFuture<Void> between(long from, long to, long probe, long youngTime) {
            if (from >= to) {
                state.beginAt(to, youngTime);
                return CompletableFuture.completedFuture(null);
            }
            return table.storedAt(user, probe, retry).thenCompose(time -> {
                boolean old = time < since;
                long left = old ? probe + 1 : from;
                long right = old ? to : probe;
                return between(left, right, left + (right - left) / 2, old ? youngTime : time);
            });
        }
    }
}
