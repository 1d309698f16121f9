package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Watermarks are written once per interval, and when the call log is closed. */
final class EntryFlushTest {
    private static final long START = 1_700_000_000_000L;

    @Test
    void G11_marks_that_wait_are_written_when_the_log_is_closed() {
        LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)));
        LogNode.await(node.append("hello", START));
        node.display(START);
        assertThat(statuses(node)).containsExactly(MessageStatus.SENT);
        node.close();

        try (DynamoCallLogStore other = DynamoCallLogStore.create(Tables.CLIENT, Tables.config())) {
            assertThat(LogNode.await(other.messages(node.talk, node.alice, HistoryRange.newest(10))))
                    .extracting(LoggedMessage::status)
                    .containsExactly(MessageStatus.DISPLAYED);
        }
    }

    @Test
    void one_entry_is_written_once_per_interval_for_any_number_of_marks() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofSeconds(1)))) {
            LogNode.await(node.append("first", START));
            node.wiretap.reset();
            node.appendMany(200, START + 1);
            for (int i = 0; i < 200; i++) {
                node.display(START + i);
            }
            await().until(() -> statuses(node).contains(MessageStatus.DISPLAYED));

            // Two entries, once per interval; a busy machine may take several intervals.
            assertThat(node.wiretap.count(UpdateItemRequest.class)).isBetween(2L, 20L);
        }
    }

    @Test
    void G11_a_failed_flush_is_repeated() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMillis(50)))) {
            LogNode.await(node.append("hello", START));
            node.wiretap.throttled = UpdateItemRequest.class::isInstance;
            node.wiretap.reset();
            node.display(START);
            await().until(() -> node.wiretap.count(UpdateItemRequest.class) >= 4);
            assertThat(statuses(node)).containsExactly(MessageStatus.SENT);

            node.wiretap.throttled = request -> false;
            await().untilAsserted(() -> assertThat(statuses(node)).containsExactly(MessageStatus.DISPLAYED));
        }
    }

    @Test
    void G11_a_node_that_flushes_late_lowers_nothing() {
        try (LogNode late = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)))) {
            LogNode.await(late.append("one", START));
            LogNode.await(late.append("two", START + 1));
            late.display(START);
            try (DynamoCallLogStore early = DynamoCallLogStore.create(Tables.CLIENT, Tables.config())) {
                ChatEvent.Message last = ChatEvent.message(late.bob, late.alice, "three");
                LogNode.await(early.append(late.talk, last, START + 2));
                LogNode.await(early.mark(displayed(late, START + 1)));
            }
            late.log.close();

            assertThat(statuses(late))
                    .containsExactly(MessageStatus.SENT, MessageStatus.DISPLAYED, MessageStatus.DISPLAYED);
            assertThat(late.conversations(late.bob))
                    .extracting(each -> each.last().message().text())
                    .containsExactly("three");
        }
    }

    @Test
    void a_closed_log_refuses_marks() {
        LogNode node = new LogNode(each -> each);
        node.close();

        assertThat(LogNode.failure(node.log.mark(displayed(node, START)))).isNotNull();
    }

    private static Mark displayed(LogNode node, long upTo) {
        return new Mark(node.talk, node.alice, node.bob, MessageStatus.DISPLAYED, MessagePosition.endOf(upTo));
    }

    private static List<MessageStatus> statuses(LogNode node) {
        return node.messages(HistoryRange.newest(300)).stream()
                .map(LoggedMessage::status)
                .toList();
    }
}
