package io.webchat.core.internal.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.UndeliveredMessages;
import org.junit.jupiter.api.Test;

/** A restore puts back the newest messages up to its bounds, and counts the others. */
class LostMessagesTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final LostMessages lost = new LostMessages(BOB, 0);

    private void add(int count, String text) {
        for (int i = 0; i < count; i++) {
            ChatEvent.Message message = ChatEvent.Message.from(ALICE)
                    .to(BOB)
                    .id("m" + i)
                    .timestamp(0)
                    .text(text)
                    .build();
            lost.add(new LoggedMessage(message, i, MessageStatus.SENT));
        }
    }

    @Test
    void G10_theNewest10_000MessagesAreRestoredAndTheOthersCounted() {
        add(25_003, "text");

        UndeliveredMessages undelivered = lost.undelivered();

        assertThat(undelivered.events()).hasSize(10_000);
        assertThat(undelivered.omitted()).isEqualTo(15_003);
        assertThat(undelivered.events().get(0).id()).isEqualTo(MessageId.of("m15003"));
        assertThat(undelivered.events().get(9_999).id()).isEqualTo(MessageId.of("m25002"));
    }

    @Test
    void G10_theNewest8MiCharactersAreRestoredAndTheOthersCounted() {
        add(1_100, "x".repeat(16 << 10));

        UndeliveredMessages undelivered = lost.undelivered();

        assertThat(undelivered.events()).hasSize(512);
        assertThat(undelivered.omitted()).isEqualTo(588);
        assertThat(undelivered.events().get(511).id()).isEqualTo(MessageId.of("m1099"));
    }
}
