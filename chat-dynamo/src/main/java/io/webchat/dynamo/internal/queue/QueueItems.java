package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A queue as items. Each item expires later than any of its content is needed. */
record QueueItems(QueueLimits limits) {
    static final String TAG = "tag";
    static final String STORED_AT = "storedAt";

    private static final String FIRST = "first";
    private static final String NEXT = "next";
    private static final String OLDEST = "oldest";
    private static final String SWEPT = "swept";
    private static final String RECENT = "recent";
    private static final String DEVICES = "devices";
    private static final String SEQ = "seq";
    private static final String CONTENT = "content";
    private static final String EVENT = "event";

    /** Clocks of nodes differ, and a reader must find all events that are young by its own clock. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final int HEAD_BYTES = 200;
    private static final int DEVICE_BYTES = 40;
    private static final int ENTRY_BYTES = 65;

    /** The approximate size of the head item in bytes. */
    static int bytes(QueueState state) {
        int bytes = HEAD_BYTES;
        for (String device : state.devices.keySet()) {
            bytes += device.length() + DEVICE_BYTES;
        }
        for (QueueEntry entry : state.recent) {
            bytes += bytes(entry, state.first);
        }
        return bytes;
    }

    private static int bytes(QueueEntry entry, long first) {
        return ENTRY_BYTES + (entry.seq() < first ? 0 : entry.event().length);
    }

    Map<String, AttributeValue> head(UserId user, QueueState state, String tag, long millis) {
        Map<String, AttributeValue> devices = new HashMap<>();
        state.devices.forEach((name, each) -> devices.put(
                name,
                AttributeValue.fromL(List.of(
                        Item.number(each.cursor()), Item.number(each.generation()), Item.number(each.seen())))));
        List<AttributeValue> recent =
                state.recent.stream().map(each -> recent(each, state.first)).toList();
        Map<String, AttributeValue> head = Item.of(QueueKeys.queue(user), QueueKeys.HEAD)
                .with(TAG, tag)
                .with(FIRST, state.first)
                .with(NEXT, state.next)
                .with(STORED_AT, state.storedAt)
                .with(OLDEST, state.oldest)
                .with(SWEPT, state.swept)
                .with(TableKeys.EXPIRES, expiry(Math.max(millis, state.storedAt), lifetime()))
                .map();
        head.put(DEVICES, AttributeValue.fromM(devices));
        head.put(RECENT, AttributeValue.fromL(recent));
        return head;
    }

    private static AttributeValue recent(QueueEntry entry, long first) {
        AttributeValue name = Item.text(entry.sent().name());
        AttributeValue content = Item.text(entry.sent().content());
        AttributeValue storedAt = Item.number(entry.storedAt());
        return AttributeValue.fromL(
                entry.seq() < first
                        ? List.of(name, content, storedAt)
                        : List.of(name, content, storedAt, bytes(entry.event())));
    }

    /** The state in this head item. A new state that starts at this time if there is no head item or it expired. */
    static QueueState state(@Nullable Map<String, AttributeValue> head, long micros) {
        if (head == null || head.isEmpty()) {
            return QueueState.create(micros);
        }
        String tag = Item.text(head, TAG);
        long next = Item.number(head, NEXT);
        if (Item.number(head, TableKeys.EXPIRES) * 1_000_000 <= micros) {
            QueueState fresh = QueueState.create(Math.max(micros, next));
            fresh.tag = tag;
            return fresh;
        }
        QueueState state = QueueState.create(next);
        state.tag = tag;
        state.first = Item.number(head, FIRST);
        state.storedAt = Item.number(head, STORED_AT);
        state.oldest = Item.number(head, OLDEST);
        state.swept = Item.number(head, SWEPT);
        head.getOrDefault(DEVICES, AttributeValue.fromM(Map.of()))
                .m()
                .forEach((name, each) -> state.devices.put(
                        name,
                        new QueueDevice(
                                number(each.l().get(0)),
                                number(each.l().get(1)),
                                number(each.l().get(2)))));
        List<AttributeValue> recent =
                head.getOrDefault(RECENT, AttributeValue.fromL(List.of())).l();
        long seq = next - recent.size();
        for (AttributeValue each : recent) {
            state.recent.add(recent(seq++, each.l()));
        }
        return state;
    }

    private static QueueEntry recent(long seq, List<AttributeValue> parts) {
        EventFingerprint sent =
                new EventFingerprint(parts.get(0).s(), parts.get(1).s());
        long storedAt = number(parts.get(2));
        return parts.size() < 4
                ? QueueEntry.withoutEvent(seq, storedAt, sent)
                : new QueueEntry(seq, storedAt, sent, bytes(parts.get(3)));
    }

    Map<String, AttributeValue> event(UserId user, QueueEntry entry) {
        Map<String, AttributeValue> item = Item.of(QueueKeys.queue(user), QueueKeys.event(entry.seq()))
                .with(STORED_AT, entry.storedAt())
                .with(TableKeys.EXPIRES, expiry(entry.storedAt(), limits.maxAge()))
                .map();
        item.put(EVENT, bytes(entry.event()));
        return item;
    }

    static byte[] event(Map<String, AttributeValue> item) {
        AttributeValue event = item.get(EVENT);
        return event == null ? new byte[0] : bytes(event);
    }

    /** The item by which a resend is recognised once the event has left the head item. */
    Map<String, AttributeValue> sent(UserId user, QueueEntry entry) {
        return Item.of(QueueKeys.queue(user), QueueKeys.sent(entry.sent()))
                .with(SEQ, entry.seq())
                .with(STORED_AT, entry.storedAt())
                .with(CONTENT, entry.sent().content())
                .with(TableKeys.EXPIRES, expiry(entry.storedAt(), limits.dedupeWindow()))
                .map();
    }

    static QueueEntry sent(Map<String, AttributeValue> item) {
        String name = Item.text(item, TableKeys.SK).substring(QueueKeys.SENT.length());
        return QueueEntry.withoutEvent(
                Item.number(item, SEQ),
                Item.number(item, STORED_AT),
                new EventFingerprint(name, Item.text(item, CONTENT)));
    }

    private Duration lifetime() {
        Duration longest = limits.maxAge();
        for (Duration each : List.of(limits.deviceAge(), limits.dedupeWindow())) {
            longest = each.compareTo(longest) > 0 ? each : longest;
        }
        return longest.plus(longest.dividedBy(10));
    }

    private static long expiry(long millis, Duration age) {
        return (millis + age.plus(MARGIN).toMillis()) / 1000;
    }

    private static long number(AttributeValue value) {
        return Long.parseLong(value.n());
    }

    private static AttributeValue bytes(byte[] value) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
    }

    private static byte[] bytes(AttributeValue value) {
        return value.b().asByteArrayUnsafe();
    }
}
