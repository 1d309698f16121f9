package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.dynamo.DynamoAccess;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A killed node leaves entries behind their conversations, and marks unwritten. Readers list these conversations
 * correctly, however much later, and the next mark includes the lost one.
 */
final class KilledNodeTest {
    private static final long START = System.currentTimeMillis();
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));

    private static List<ConversationEntry> listed(UserId user, int limit) {
        try (DynamoCallLogStore other = DynamoAccess.callLog(Tables.CLIENT, Tables.config(), LATER)) {
            return LogNode.await(other.conversations(user, List.of(), null, limit));
        }
    }

    @Test
    void G8_the_last_message_of_a_conversation_is_listed_long_after_its_node_was_killed() {
        LogNode killed = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)));
        LogNode.await(killed.append("seen", START));
        display(killed, START);
        LogNode.await(killed.append("acknowledged, and not seen", START + 500));

        ConversationEntry entry = listed(killed.bob, 10).get(0);

        assertThat(entry.last().message().text()).isEqualTo("acknowledged, and not seen");
        assertThat(entry.unread()).isEqualTo(1);
    }

    private static void display(LogNode killed, long upTo) {
        try (DynamoCallLogStore other = DynamoCallLogStore.create(Tables.CLIENT, Tables.config())) {
            LogNode.await(other.mark(new Mark(
                    killed.talk, killed.alice, killed.bob, MessageStatus.DISPLAYED, MessagePosition.endOf(upTo))));
        }
    }

    @Test
    void a_conversation_that_a_killed_node_left_behind_others_is_listed_before_them() {
        LogNode killed = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)));
        LogNode.await(killed.append("first", START));
        for (int i = 0; i < 30; i++) {
            UserId other = UserId.of(killed.alice.value() + "-" + i);
            ChatEvent.Message message = ChatEvent.message(other, killed.bob, "other " + i);
            LogNode.await(killed.log.append(ConversationId.direct(other, killed.bob), message, START + 10 + i));
        }
        LogNode.await(killed.append("last", START + 900));

        assertThat(listed(killed.bob, 1))
                .extracting(each -> each.last().message().text())
                .containsExactly("last");
    }

    @Test
    void G11_a_mark_that_a_killed_node_did_not_write_comes_with_the_next_one_of_the_conversation() {
        LogNode killed = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)));
        LogNode.await(killed.append("confirmed half a second before the end", START));
        killed.display(START);
        LogNode.await(killed.append("confirmed on another node", START + 500));

        display(killed, START + 500);

        try (LogNode other = new LogNode(each -> each, killed)) {
            assertThat(other.messages(HistoryRange.newest(10)))
                    .extracting(LoggedMessage::status)
                    .containsExactly(MessageStatus.DISPLAYED, MessageStatus.DISPLAYED);
        }
    }
}
