package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.dynamo.internal.table.TableKeys;

/** The keys of a queue's items. */
final class QueueKeys {
    static final String HEAD = "HEAD";
    static final String EVENTS = "E#";
    static final String SENT = "S#";

    /** As many digits as a Seq may have. */
    private static final int SEQ_DIGITS = 16;

    private QueueKeys() {}

    /** The partition of a user's queue. */
    static String queue(UserId user) {
        return "Q#" + user.value();
    }

    /** The sort key of an event. */
    static String event(long seq) {
        return EVENTS + TableKeys.digits(seq, SEQ_DIGITS);
    }

    /** The Seq of the event that has this sort key. */
    static long seq(String event) {
        return Long.parseLong(event.substring(EVENTS.length()));
    }

    /** The sort key of an item that recognises a resend. */
    static String sent(EventFingerprint sent) {
        return SENT + sent.name();
    }
}
