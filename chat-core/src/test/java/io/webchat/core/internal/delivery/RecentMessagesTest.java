package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.MessageKey;
import org.junit.jupiter.api.Test;

/** The messages confirmed most recently, each with its highest receipt. */
final class RecentMessagesTest {
    private final RecentMessages recent = new RecentMessages(3);

    private static MessageKey key(int i) {
        return new MessageKey(UserId.of("alice"), MessageId.of("m" + i));
    }

    private static RecentMessages.Confirmed confirmed(long loggedAt, EventKind receipt) {
        return new RecentMessages.Confirmed(null, loggedAt, receipt);
    }

    @Test
    void a_message_is_found_by_its_author_and_id() {
        recent.add(key(1), confirmed(10, EventKind.DELIVERY));

        assertThat(recent.find(key(1))).isEqualTo(confirmed(10, EventKind.DELIVERY));
        assertThat(recent.find(key(2))).isNull();
        assertThat(recent.find(new MessageKey(UserId.of("bob"), MessageId.of("m1"))))
                .isNull();
    }

    @Test
    void G11_a_receipt_only_grows() {
        recent.add(key(1), confirmed(10, EventKind.DELIVERY));
        recent.add(key(1), confirmed(10, EventKind.DISPLAY));
        assertThat(recent.find(key(1))).isEqualTo(confirmed(10, EventKind.DISPLAY));
        recent.add(key(1), confirmed(10, EventKind.DELIVERY));

        assertThat(recent.find(key(1))).isEqualTo(confirmed(10, EventKind.DISPLAY));
    }

    @Test
    void G7_beyond_its_size_the_oldest_is_forgotten() {
        for (int i = 1; i <= 4; i++) {
            recent.add(key(i), confirmed(i, EventKind.DELIVERY));
        }

        assertThat(recent.find(key(1))).isNull();
        assertThat(recent.find(key(2))).isNotNull();
        assertThat(recent.find(key(4))).isNotNull();
    }
}
