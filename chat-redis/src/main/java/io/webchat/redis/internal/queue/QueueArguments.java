package io.webchat.redis.internal.queue;

import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.internal.client.ServerIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The arguments that the steps of all queues share: the limits and the clock. Immutable but for the clock. */
public final class QueueArguments {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** The number of times that upkeep runs within the longest retention time. */
    private static final int RENEWALS = 30;

    /** Larger events take the long way. So the bytes of a list need no count while it has few events. */
    private static final int LARGE_BYTES = 4 << 10;

    private static final int MAX_FEW = 0xffff;

    private final QueueLimits limits;
    private final LongSupplier skew;
    private final UnaryOperator<ServerIdentity> identity;
    private final int few;
    private final byte[] unskewed;

    /** The arguments for queues with these limits. */
    public QueueArguments(QueueLimits limits) {
        this(limits, () -> 0, UnaryOperator.identity());
    }

    /**
     * For tests.
     *
     * @param skew the number of microseconds by which to move the server's clock
     * @param identity replaces the identity of the server
     */
    public QueueArguments(QueueLimits limits, LongSupplier skew, UnaryOperator<ServerIdentity> identity) {
        this.limits = limits;
        this.skew = skew;
        this.identity = identity;
        this.few = (int) few(limits);
        this.unskewed = text(numbers(limits, 0));
    }

    /** The numbers of shared.lua. */
    static String numbers(QueueLimits limits, long skew) {
        return LongStream.of(
                        expiry(limits),
                        skew,
                        millis(limits.maxAge()),
                        millis(limits.deviceAge()),
                        millis(limits.dedupeWindow()),
                        limits.maxEvents(),
                        limits.maxDedupe(),
                        limits.maxDevices(),
                        renewal(limits),
                        limits.maxBytes(),
                        few(limits))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    private static long few(QueueLimits limits) {
        return Math.min(Math.min(limits.maxEvents(), limits.maxBytes() / LARGE_BYTES), MAX_FEW);
    }

    private static long longest(QueueLimits limits) {
        long window = millis(limits.dedupeWindow());
        return Math.max(Math.max(millis(limits.maxAge()), millis(limits.deviceAge())), 2 * window);
    }

    private static long renewal(QueueLimits limits) {
        long shortest = Math.min(millis(limits.maxAge()), millis(limits.deviceAge()));
        return Math.max(1, Math.min(shortest, longest(limits) / RENEWALS));
    }

    private static long expiry(QueueLimits limits) {
        return longest(limits) + 2 * (longest(limits) / RENEWALS + 1);
    }

    private static long millis(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(time.toMillis(), 1);
    }

    /** The server of a queue, from the server of a connection. */
    ServerIdentity identity(ServerIdentity server) {
        return identity.apply(server);
    }

    /** The numbers of shared.lua, now. */
    byte[] numbers() {
        long now = skew.getAsLong();
        return now == 0 ? unskewed : text(numbers(limits, now));
    }

    /** How an append is made: ARGV[4] of append.lua. */
    byte[] way(boolean publish, boolean longWay) {
        byte mark = (byte) (publish ? 'p' : '-');
        byte high = (byte) (few >> 8);
        return longWay ? new byte[] {mark, high, (byte) few, 's'} : new byte[] {mark, high, (byte) few};
    }

    /** Whether an event of so many bytes takes the long way. */
    boolean isLarge(int bytes) {
        return bytes > LARGE_BYTES;
    }

    /** The time of the server's clock, in milliseconds, as this node knows it. */
    long millis(ServerIdentity server) {
        return System.currentTimeMillis() + server.millisAhead() + skew.getAsLong() / 1000;
    }

    /** The time before which a device that was not seen since is forgotten, in milliseconds of the server's clock. */
    long oldest(ServerIdentity server) {
        return Math.max(0, millis(server) - millis(limits.deviceAge()));
    }

    static byte[] digits(long number) {
        return text(Long.toString(number));
    }

    static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
