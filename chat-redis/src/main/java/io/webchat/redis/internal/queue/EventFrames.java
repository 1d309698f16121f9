package io.webchat.redis.internal.queue;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The forms of events inside Redis.
 *
 * <p>In a list: the time in 13 digits, and the JSON without Seq, StoredAt and the closing brace. An event has no Seq of
 * its own, because it may move within its list.
 *
 * <p>On a channel, the first byte tells the form. An opening brace: one event that is not stored. 1: the epoch in 7
 * bytes, and the JSON of one event. 3: the first Seq in 7 bytes, the name of the queue's counter, and events as in a
 * list with consecutive Seqs, each after a separator that JSON cannot contain. 2: the same with line feeds between
 * events that have none, as older nodes wrote it.
 */
public final class EventFrames {
    private static final byte ONE = 1;
    private static final byte SEVERAL_LINES = 2;
    private static final byte SEVERAL = 3;
    /** Not a line feed: an application's data may have some between its tokens. The scripts use it, too. */
    private static final byte SEPARATOR = 0x1e;

    private static final byte LINE_FEED = '\n';

    private static final int NUMBER = 7;
    private static final int TIME = 13;
    private static final long LONGEST_TIME = 9_999_999_999_999L;

    private EventFrames() {}

    /** The JSON of an event without the closing brace. */
    static byte[] open(ChatEvent event) {
        byte[] json = EventCodec.encode(Envelope.passing(event));
        return Arrays.copyOf(json, json.length - 1);
    }

    /** The nearest time that 13 digits can tell. */
    static long storable(long time) {
        return Math.min(Math.max(time, 0), LONGEST_TIME);
    }

    /** An event as in a list. */
    static byte[] stored(long time, byte[] open) {
        byte[] all = new byte[TIME + open.length];
        putDigits(all, storable(time));
        System.arraycopy(open, 0, all, TIME, open.length);
        return all;
    }

    private static void putDigits(byte[] all, long time) {
        long rest = time;
        for (int i = TIME - 1; i >= 0; i--) {
            all[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** A Seq in 7 bytes. */
    static byte[] number(long seq) {
        byte[] all = new byte[NUMBER];
        putNumber(all, 0, seq);
        return all;
    }

    private static void putNumber(byte[] all, int at, long number) {
        for (int i = 0; i < NUMBER; i++) {
            all[at + i] = (byte) (number >> (8 * (NUMBER - 1 - i)));
        }
    }

    /** The frame in which one event is published. */
    public static byte[] published(Envelope envelope) {
        byte[] json = envelope.json();
        if (envelope.seq() == 0) {
            return json;
        }
        byte[] frame = new byte[1 + NUMBER + json.length];
        frame[0] = ONE;
        putNumber(frame, 1, envelope.epoch());
        System.arraycopy(json, 0, frame, 1 + NUMBER, json.length);
        return frame;
    }

    /**
     * The events of a published frame.
     *
     * @throws ChatException {@code bad_request} if it cannot be read
     */
    public static List<Envelope> parsed(byte[] frame) {
        byte form = frame.length == 0 ? 0 : frame[0];
        return switch (form) {
            case ONE -> List.of(one(frame));
            case SEVERAL_LINES -> several(frame, LINE_FEED);
            case SEVERAL -> several(frame, SEPARATOR);
            default -> List.of(EventCodec.decode(frame));
        };
    }

    private static Envelope one(byte[] frame) {
        if (frame.length <= 1 + NUMBER) {
            throw cutOff();
        }
        return EventCodec.decode(Arrays.copyOfRange(frame, 1 + NUMBER, frame.length), number(frame, 1));
    }

    private static ChatException cutOff() {
        return new ChatException(ErrorCode.BAD_REQUEST, "a published event is cut off");
    }

    private static int find(byte wanted, byte[] frame, int from) {
        int at = from;
        while (at < frame.length && frame[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The epoch in the name of a counter. */
    private static long epoch(String counter) {
        String[] parts = counter.split(":", 4);
        try {
            return Long.parseLong(parts[Math.min(2, parts.length - 1)]);
        } catch (NumberFormatException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "a published event has no epoch", e);
        }
    }

    private static List<Envelope> several(byte[] frame, byte separator) {
        int end = find(separator, frame, 1 + NUMBER);
        if (end >= frame.length) {
            throw cutOff();
        }
        long epoch = epoch(new String(frame, 1 + NUMBER, end - 1 - NUMBER, StandardCharsets.US_ASCII));
        long seq = number(frame, 1);
        List<Envelope> events = new ArrayList<>(1);
        for (int from = end + 1; from < frame.length; ) {
            int to = find(separator, frame, from);
            events.add(read(epoch, seq++, Arrays.copyOfRange(frame, from, to)));
            from = to + 1;
        }
        return events;
    }

    private static long number(byte[] all, int at) {
        long number = 0;
        for (int i = 0; i < NUMBER; i++) {
            number = (number << 8) | (all[at + i] & 0xff);
        }
        return number;
    }

    /**
     * An event of a list.
     *
     * @throws ChatException {@code bad_request} if it cannot be read
     */
    public static Envelope read(long epoch, long seq, byte[] stored) {
        byte[] end = (",\"Seq\":" + seq + ",\"StoredAt\":" + time(stored) + "}").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer json = ByteBuffer.allocate(stored.length - TIME + end.length);
        json.put(stored, TIME, stored.length - TIME).put(end);
        return EventCodec.decode(json.array(), epoch);
    }

    private static long time(byte[] stored) {
        long time = 0;
        for (int i = 0; i < TIME; i++) {
            if (i >= stored.length || stored[i] < '0' || stored[i] > '9') {
                throw new ChatException(ErrorCode.BAD_REQUEST, "a queued event has no time");
            }
            time = 10 * time + stored[i] - '0';
        }
        return time;
    }
}
