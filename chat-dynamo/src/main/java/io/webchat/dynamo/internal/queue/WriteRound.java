package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls that are taken together, and what was done for them so far: an attempt after a lost race does none of it
 * again, so that it takes one request where the winner's next step takes several. That keeps races fair. Used by one
 * thread at a time.
 */
final class WriteRound {
    final UserId user;
    final List<QueueWrite<?>> calls;
    final ThrottleRetry retry;
    /** How often another node was faster. */
    int conflicts;

    /** Items of events below this are deleted. */
    long deletedTo;
    /** Events of earlier head items below this have items of their own, as far as somebody waits for them. */
    long copiedTo;
    /** Where those begin that somebody waited for. */
    long copiedFrom = Long.MAX_VALUE;

    private final Map<String, QueueEntry> sent = new HashMap<>();
    private long sentTo = Long.MIN_VALUE;

    WriteRound(UserId user, List<QueueWrite<?>> calls, ThrottleRetry retry) {
        this.user = user;
        this.calls = calls;
        this.retry = retry;
    }

    /** Whether what need not be done at once has its time now: not after a lost race, nor in the quick steps. */
    boolean tidy() {
        return conflicts == 0 && (calls.isEmpty() || calls.stream().anyMatch(each -> each.sent != null));
    }

    /** What is still to be looked up: that which neither this head item nor what is known already tells of. */
    Set<EventFingerprint> unknown(QueueState base) {
        if (base.recentFrom() <= sentTo) {
            return Set.of();
        }
        Set<String> recent =
                base.recent.stream().map(each -> each.sent().name()).collect(Collectors.toSet());
        return calls.stream()
                .<EventFingerprint>mapMulti((each, to) -> {
                    if (each.sent != null && !recent.contains(each.sent.name())) {
                        to.accept(each.sent);
                    }
                })
                .collect(Collectors.toSet());
    }

    /** Keeps what was found in place of the unknown, and what this head item tells: a later one may not. */
    Map<String, QueueEntry> learn(QueueState base, Map<String, QueueEntry> found) {
        sent.putAll(found);
        base.recent.forEach(each -> sent.put(each.sent().name(), each));
        sentTo = base.next;
        return sent;
    }
}
