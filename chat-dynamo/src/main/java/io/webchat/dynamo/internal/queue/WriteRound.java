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
 * Calls that are handled together, and the work done for them so far.
 *
 * <p>An attempt after a lost race does not repeat this work. It takes one request, while the next step of the winner
 * takes several. That keeps races fair. Used by one thread at a time.
 */
final class WriteRound {
    final UserId user;
    final List<QueueWrite<?>> calls;
    final ThrottleRetry retry;
    /** How often another node was faster. */
    int conflicts;

    /** Items of events below this are deleted. */
    long deletedTo;
    /** Below this Seq, all events of earlier head items that a device still needs are items of their own. */
    long copiedTo;
    /** The first Seq of these items. */
    long copiedFrom = Long.MAX_VALUE;

    private final Map<String, QueueEntry> sent = new HashMap<>();
    private long sentTo = Long.MIN_VALUE;

    WriteRound(UserId user, List<QueueWrite<?>> calls, ThrottleRetry retry) {
        this.user = user;
        this.calls = calls;
        this.retry = retry;
    }

    /** Whether optional work is done now: not after a lost race, nor in quick steps. */
    boolean tidy() {
        return conflicts == 0 && (calls.isEmpty() || calls.stream().anyMatch(each -> each.sent != null));
    }

    /** Fingerprints that must be looked up: neither this head item nor an earlier look-up tells about them. */
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

    /** Remembers the events found, and those of this head item, because a later head item may not have them. */
    Map<String, QueueEntry> learn(QueueState base, Map<String, QueueEntry> found) {
        sent.putAll(found);
        base.recent.forEach(each -> sent.put(each.sent().name(), each));
        sentTo = base.next;
        return sent;
    }
}
