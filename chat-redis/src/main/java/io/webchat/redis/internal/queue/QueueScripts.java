package io.webchat.redis.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.UserId;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Makes the commands that call the Lua scripts of a queue. The headers of the scripts explain the arguments. */
public final class QueueScripts {
    /** Links an event at the tail, unless it is a resend. */
    public static final LuaScript APPEND = LuaScript.load(QueueScripts.class, "append-unless-resent.lua");

    /** Registers a device, and finds its cursor. */
    public static final LuaScript ATTACH = LuaScript.load(QueueScripts.class, "attach.lua");

    /** Reads events behind a Seq. */
    public static final LuaScript READ = LuaScript.load(QueueScripts.class, "read.lua");

    /** Advances the cursor of a device. */
    public static final LuaScript CONFIRM = LuaScript.load(QueueScripts.class, "confirm.lua");

    /** All scripts of this package. */
    public static final List<LuaScript> ALL = List.of(APPEND, ATTACH, READ, CONFIRM);

    /** The first number in the reply to an append that is a resend. */
    public static final long DUPLICATE = 1;

    /** The first number in the reply to an append whose MsgID belongs to an earlier event with other content. */
    public static final long CONFLICT = 2;

    /** The largest Seq: Lua and JavaScript know no larger integer exactly. */
    private static final long MAX_SEQ = (1L << 53) - 1;

    private static final byte[][] NO_CHANNEL = {};

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** The number of times that the expiry of keys is renewed within the longest retention time. */
    private static final int RENEWALS = 30;

    private final RedisKeys keys;
    private final QueueLimits limits;
    private final LongSupplier skew;
    private final boolean resendsReplicated;

    /** The numbers for a skew of 0. Only tests have another skew. */
    private final byte[] unskewedNumbers;

    /** The commands for queues with these limits. See append-unless-resent.lua for {@code resendsReplicated}. */
    public QueueScripts(RedisKeys keys, QueueLimits limits, LongSupplier skew, boolean resendsReplicated) {
        this.keys = keys;
        this.limits = limits;
        this.skew = skew;
        this.resendsReplicated = resendsReplicated;
        this.unskewedNumbers = text(numbers(limits, 0, resendsReplicated));
    }

    /** The first argument of each script: see shared.lua. */
    static String numbers(QueueLimits limits, long skew, boolean resendsReplicated) {
        long maxAge = millis(limits.maxAge());
        long deviceAge = millis(limits.deviceAge());
        long window = millis(limits.dedupeWindow());
        long longest = Math.max(Math.max(maxAge, deviceAge), 2 * window);
        long renewal = (longest + RENEWALS - 1) / RENEWALS;
        return LongStream.of(
                        skew,
                        maxAge,
                        deviceAge,
                        window,
                        limits.maxEvents(),
                        limits.maxDedupe(),
                        limits.maxDevices(),
                        resendsReplicated ? 1 : 0,
                        renewal,
                        longest + 2 * renewal)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    /**
     * Links an event at the tail, unless it is a resend.
     *
     * @throws io.webchat.core.ChatException {@code bad_request} for an event of a kind that no queue stores
     */
    public RedisCommand append(UserId user, ChatEvent event) {
        return append(user, event, NO_CHANNEL);
    }

    /** As {@link #append}, but also publishes a new event to the user's channel of plain pub/sub. */
    public RedisCommand appendAndPublish(UserId user, ChatEvent event) {
        return append(user, event, new byte[][] {keys.channel(user)});
    }

    private RedisCommand append(UserId user, ChatEvent event, byte[][] channel) {
        EventFingerprint fingerprint = EventFingerprint.of(event);
        byte[] json = EventCodec.encode(Envelope.passing(event));
        byte[] open = Arrays.copyOf(json, json.length - 1);
        byte[][] keys = keys(user, ":q", ":m", ":c", ":d0", ":d1");
        byte[][] own = {numbers(), fingerprint.nameBytes(), fingerprint.contentBytes(), open};
        return RedisCommand.of(
                APPEND, keys, Stream.of(own, channel).flatMap(Stream::of).toArray(byte[][]::new));
    }

    /** Registers a device, and finds its cursor. */
    public RedisCommand attach(UserId user, DeviceId device, long after) {
        return RedisCommand.of(ATTACH, keys(user), numbers(), text(device.value()), seq(after));
    }

    /** Reads at most {@code limit} events behind a Seq. */
    public RedisCommand read(UserId user, long after, int limit) {
        return RedisCommand.of(READ, keys(user), numbers(), seq(after), digits(Math.max(limit, 0)));
    }

    /** Advances the cursor of a device. */
    public RedisCommand confirm(UserId user, DeviceId device, long upTo) {
        return RedisCommand.of(CONFIRM, keys(user), numbers(), text(device.value()), seq(upTo));
    }

    private byte[][] keys(UserId user) {
        return keys(user, ":q", ":m", ":c");
    }

    private byte[][] keys(UserId user, String... endings) {
        return Stream.of(endings).map(each -> keys.key(user, each)).toArray(byte[][]::new);
    }

    private byte[] numbers() {
        long now = skew.getAsLong();
        return now == 0 ? unskewedNumbers : text(numbers(limits, now, resendsReplicated));
    }

    /** A number outside the range of Seqs means the same as the nearest Seq. */
    private static byte[] seq(long any) {
        return digits(Math.min(Math.max(any, 0), MAX_SEQ));
    }

    private static long millis(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(time.toMillis(), 1);
    }

    private static byte[] digits(long number) {
        return text(Long.toString(number));
    }

    private static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
