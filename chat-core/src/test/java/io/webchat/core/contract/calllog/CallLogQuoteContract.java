package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that answered messages are found for those who may see them, and only in their own conversation. */
interface CallLogQuoteContract {
    private static MessageRef ref(ChatEvent.Message message) {
        return new MessageRef(message.from(), message.id());
    }

    private static List<ChatEvent.Message> quoted(
            CallLogFixture c, ConversationId conversation, UserId reader, MessageRef... references) {
        return StageResults.await(c.other.quoted(conversation, reader, List.of(references)));
    }

    /** The index of a call log may lag behind. */
    private static void awaitQuoted(CallLogFixture c, UserId reader, ChatEvent.Message... messages) {
        for (ChatEvent.Message each : messages) {
            await().untilAsserted(() ->
                    assertThat(quoted(c, c.talk, reader, ref(each))).containsExactly(each));
        }
    }

    @Test
    default void the_answered_messages_are_found_and_missing_ones_left_out(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        ChatEvent.Message two = c.log(c.bob, c.alice, "two", 2);
        MessageRef none = new MessageRef(c.alice, MessageId.of("none"));
        awaitQuoted(c, c.bob, one, two);

        assertThat(quoted(c, c.talk, c.bob, ref(one), none, ref(two))).containsExactlyInAnyOrder(one, two);
        assertThat(quoted(c, c.talk, c.bob, none)).isEmpty();
        assertThat(quoted(c, c.denTalk, c.bob, ref(one))).isEmpty();
    }

    @Test
    default void a_message_that_the_reader_has_hidden_is_left_out_for_the_reader_alone(CallLogFixture c) {
        ChatEvent.Message hidden = c.log(c.alice, c.bob, "the secret", 1);
        ChatEvent.Message later = c.log(c.alice, c.bob, "later", 9);
        awaitQuoted(c, c.bob, hidden, later);
        StageResults.await(c.removal().hide(c.bob, c.talk, c.end(5)));

        assertThat(quoted(c, c.talk, c.bob, ref(hidden), ref(later))).containsExactly(later);
        assertThat(quoted(c, c.talk, c.alice, ref(hidden))).containsExactly(hidden);
    }
}
