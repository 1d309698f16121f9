package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The rate limits of each user on this node, for all sessions together. The buckets of a user outlive the sessions
 * until all of them are full again; otherwise a user could avoid a limit by reconnecting. No session holds a bucket,
 * because full buckets may be dropped and replaced by new ones. Safe for use by several threads.
 */
public final class UserRates {
    /** The activities that have a limit of their own. */
    public enum Activity {
        /** Messages that a user sends. */
        MESSAGE("too many messages"),
        /** Typing signals, and receipts that need a look-up in the call log. */
        SIGNAL("too many signals, or receipts about unknown messages"),
        /** Heartbeats, each of which may read the queue. */
        HEARTBEAT("too many heartbeats"),
        /** Sessions that a user opens. */
        OPENING("too many sessions of this user were opened in a short time"),
        /** People whom a user adds to rooms. */
        ADDITION("too many people added to rooms"),
        /** Bytes that the events of a user put into queues and publishes, for all recipients together. */
        FANOUT("too many bytes for all recipients together"),
        /** The part of these bytes that waits in queues. A day gives it back: the node does not see confirmations. */
        QUEUED("too many bytes for all recipients together in one day");

        private final String refusal;

        Activity(String refusal) {
            this.refusal = refusal;
        }
    }

    private static final int SWEEP_EVERY = 1024;
    private static final Duration DAY = Duration.ofDays(1);

    /** The buckets of one user; guarded by the map's atomic step for this user. */
    private final Map<UserId, Map<Activity, TokenBucket>> users = new ConcurrentHashMap<>();

    private final AtomicInteger created = new AtomicInteger();
    private final ChatConfig config;
    private final LongSupplier nanoTime;

    /** Rates by the limits of the configuration. */
    public UserRates(ChatConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one token of the user.
     *
     * @throws ChatException {@code rate_limited}, with the time until there is a token
     */
    public void check(UserId user, Activity activity) {
        check(user, activity, 1);
    }

    /**
     * Takes tokens of the user; see {@link TokenBucket#take(long)}.
     *
     * @throws ChatException {@code rate_limited}, with the time until there are so many
     */
    public void check(UserId user, Activity activity, long tokens) {
        long wait = take(user, activity, tokens);
        if (wait > 0) {
            throw ChatException.rateLimited(activity.refusal, Duration.ofNanos(wait));
        }
    }

    /**
     * Takes the bytes that an event of the user puts into queues, for all recipients together.
     *
     * @throws ChatException {@code rate_limited}, with the time until there are so many
     */
    public void checkQueued(UserId user, long bytes) {
        check(user, Activity.FANOUT, bytes);
        check(user, Activity.QUEUED, bytes);
    }

    /**
     * Takes one token of the user.
     *
     * @return 0, or the nanoseconds until a token is available; see {@link TokenBucket#take()}
     */
    long take(UserId user, Activity activity) {
        return take(user, activity, 1);
    }

    private long take(UserId user, Activity activity, long tokens) {
        if (perSecond(activity) == 0) {
            return 0;
        }
        sweep();
        long[] wait = new long[1];
        // Inside the map's atomic step, so that the sweep cannot drop a bucket before its use.
        users.compute(user, (any, present) -> {
            Map<Activity, TokenBucket> buckets = present == null ? newBuckets() : present;
            wait[0] = buckets.computeIfAbsent(activity, this::newBucket).take(tokens);
            return buckets;
        });
        return wait[0];
    }

    private int perSecond(Activity activity) {
        return switch (activity) {
            case MESSAGE, ADDITION -> config.messagesPerSecond();
            case SIGNAL, HEARTBEAT -> config.signalsPerSecond();
            case OPENING -> config.openingsPerSecond();
            case FANOUT -> config.fanoutBytesPerSecond();
            case QUEUED -> config.fanoutBytesPerSecond() == 0 ? 0 : perSecond(config.fanoutBytesPerDay());
        };
    }

    private static int perSecond(long perDay) {
        return perDay == 0 ? 0 : (int) Math.max(1, perDay / DAY.toSeconds());
    }

    private Map<Activity, TokenBucket> newBuckets() {
        created.incrementAndGet();
        return new EnumMap<>(Activity.class);
    }

    private TokenBucket newBucket(Activity activity) {
        return new TokenBucket(perSecond(activity), burst(activity), nanoTime);
    }

    private Duration burst(Activity activity) {
        return switch (activity) {
            case FANOUT -> Duration.ofMillis(config.fanoutBurstBytes() * 1000L / config.fanoutBytesPerSecond());
            case QUEUED -> DAY;
            case MESSAGE, SIGNAL, HEARTBEAT, OPENING, ADDITION -> config.burst();
        };
    }

    /** Drops the users whose buckets are all full from time to time; new buckets are full as well. */
    void sweep() {
        int now = created.get();
        if (now >= SWEEP_EVERY && created.compareAndSet(now, 0)) {
            users.keySet()
                    .forEach(user -> users.computeIfPresent(
                            user,
                            (any, buckets) ->
                                    buckets.values().stream().allMatch(TokenBucket::isFull) ? null : buckets));
        }
    }

    /** The number of users with a bucket. */
    int size() {
        return users.size();
    }
}
