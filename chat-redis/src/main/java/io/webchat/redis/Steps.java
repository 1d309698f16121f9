package io.webchat.redis;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.UserId;
import io.webchat.core.spi.QueueLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The steps of a queue as calls of their scripts; the scripts' headers tell what the arguments mean. */
final class Steps {
    /** The reply to an append whose event was there before. */
    static final long DUPLICATE = 1;

    /** The reply to an append under whose id another content was there before. */
    static final long CONFLICT = 2;

    /** The largest Seq: Lua and JavaScript know no larger integer exactly. */
    private static final long MAX_SEQ = (1L << 53) - 1;

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Keys keys;
    private final LongSupplier skew;
    private final byte[] maxAge;
    private final byte[] deviceAge;
    private final byte[] dedupeWindow;
    private final byte[] maxEvents;
    private final byte[] maxDedupe;
    private final byte[] maxDevices;
    private final byte[] resendsReplicated;

    /** Steps whose resends, if wanted, are written once more for the replicas: see append.lua. */
    Steps(Keys keys, QueueLimits limits, LongSupplier skew, boolean resendsReplicated) {
        this.keys = keys;
        this.skew = skew;
        this.maxAge = millis(limits.maxAge());
        this.deviceAge = millis(limits.deviceAge());
        this.dedupeWindow = millis(limits.dedupeWindow());
        this.maxEvents = digits(limits.maxEvents());
        this.maxDedupe = digits(limits.maxDedupe());
        this.maxDevices = digits(limits.maxDevices());
        this.resendsReplicated = digits(resendsReplicated ? 1 : 0);
    }

    /**
     * Links an event at the tail.
     *
     * @throws io.webchat.core.ChatException {@code bad_request} for an event that is not for a queue
     */
    Call append(UserId user, ChatEvent event) {
        Fingerprint fingerprint = Fingerprint.of(event);
        byte[] json = EventCodec.encode(Envelope.passing(event));
        byte[][] own = {maxEvents, maxDedupe, fingerprint.name(), fingerprint.content(), json, resendsReplicated};
        return Call.of(Script.APPEND, keys(user, ":q", ":m", ":c", ":d0", ":d1"), arguments(own));
    }

    Call attach(UserId user, DeviceId device, long after) {
        return Call.of(Script.ATTACH, keys(user), arguments(maxDevices, text(device.value()), seq(after)));
    }

    Call read(UserId user, long after, int limit) {
        return Call.of(Script.READ, keys(user), arguments(seq(after), digits(Math.max(limit, 0))));
    }

    Call confirm(UserId user, DeviceId device, long upTo) {
        return Call.of(Script.CONFIRM, keys(user), arguments(text(device.value()), seq(upTo)));
    }

    private byte[][] keys(UserId user) {
        return keys(user, ":q", ":m", ":c");
    }

    private byte[][] keys(UserId user, String... endings) {
        return Stream.of(endings).map(each -> keys.key(user, each)).toArray(byte[][]::new);
    }

    private byte[][] arguments(byte[]... own) {
        byte[][] all = new byte[4 + own.length][];
        all[0] = digits(skew.getAsLong());
        all[1] = maxAge;
        all[2] = deviceAge;
        all[3] = dedupeWindow;
        System.arraycopy(own, 0, all, 4, own.length);
        return all;
    }

    /** What lies outside of all Seqs says as much as the nearest of them. */
    private static byte[] seq(long any) {
        return digits(Math.min(Math.max(any, 0), MAX_SEQ));
    }

    private static byte[] millis(Duration time) {
        return digits(time.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(time.toMillis(), 1));
    }

    private static byte[] digits(long number) {
        return text(Long.toString(number));
    }

    private static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
