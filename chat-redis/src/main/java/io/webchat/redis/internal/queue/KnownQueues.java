package io.webchat.redis.internal.queue;

import io.webchat.core.ids.UserId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The queues to which this node appended lately. Safe for use by many threads. */
final class KnownQueues {
    /** About 10 MB. For another queue, the first append takes the long way. */
    private static final int MAX = 50_000;

    private final Map<UserId, KnownQueue> queues = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, KnownQueue> eldest) {
            return size() > MAX;
        }
    };

    synchronized KnownQueue of(UserId user) {
        return queues.computeIfAbsent(user, any -> new KnownQueue());
    }
}
