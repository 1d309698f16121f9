package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.dynamo.LogNode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;

/** The read and write units of messages, as DynamoDB counts them. ADR 0010 has the numbers. */
final class CallLogUnitsTest {
    private static final Logger log = LoggerFactory.getLogger(CallLogUnitsTest.class);
    private static final long START = 1_700_000_000_000L;
    private static final String TEXT = "x".repeat(100);
    private static final int MANY = 300;

    @Test
    void a_message_of_a_busy_conversation_costs_at_most_three_write_units() {
        double units;
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)))) {
            for (int i = 0; i < MANY; i++) {
                LogNode.await(node.append(TEXT + i, START + i));
                node.display(START + i);
            }
            node.log.close();
            units = node.wiretap.units("write", "update") / MANY;
            log.info(
                    "busy 1:1: {} units per message, of these entries {}; looked before {}",
                    units,
                    node.wiretap.units("update") / MANY,
                    node.wiretap.units("get") / MANY);
        }

        assertThat(units).isBetween(1.0, 3.0);
    }

    @Test
    void a_single_message_with_its_receipts_costs_the_documented_units() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)))) {
            LogNode.await(node.append(TEXT, START));
            double written = node.wiretap.units("write");
            double entries = node.wiretap.units("update");
            node.wiretap.reset();
            node.display(START);
            node.log.close();
            double receipts = node.wiretap.units("update");
            log.info("quiet 1:1: message {}, entries {}, receipts {}", written, entries, receipts);

            assertThat(written).isEqualTo(2);
            assertThat(entries).isEqualTo(4);
            assertThat(receipts).isEqualTo(2);
        }
    }

    @Test
    void a_later_message_of_a_quiet_conversation_moves_both_entries_in_the_index() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)))) {
            LogNode.await(node.append(TEXT, START));
            node.wiretap.reset();
            LogNode.await(node.append(TEXT, START + ListPositionWriter.MAX_LAG.toMillis()));

            assertThat(node.wiretap.units("update")).isEqualTo(6);
        }
    }

    @Test
    void an_entry_is_written_once_per_minute_of_messages_of_any_length() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMillis(20)))) {
            LogNode.await(node.append("x".repeat(3_000), START));
            assertThat(node.wiretap.units("update")).as("entries hold no text").isEqualTo(4);
            node.wiretap.reset();
            for (int i = 1; i < 60; i++) {
                LogNode.await(node.append(TEXT, START + i * 1_000L));
            }
            node.log.close();

            assertThat(node.wiretap.units("update")).isZero();
        }
    }

    @Test
    void a_new_message_is_written_without_a_look_up_and_a_resend_with_one() {
        try (LogNode node = new LogNode(each -> each)) {
            ChatEvent.Message message = ChatEvent.message(node.alice, node.bob, TEXT);
            LogNode.await(node.log.appendNew(node.talk, message, START));
            assertThat(node.wiretap.count(BatchGetItemRequest.class)).isZero();
            LogNode.await(node.log.append(node.talk, message, START));

            assertThat(node.wiretap.count(BatchGetItemRequest.class)).isEqualTo(1);
            assertThat(node.wiretap.count(BatchWriteItemRequest.class)).isEqualTo(1);
        }
    }

    @Test
    void a_message_in_a_room_costs_two_write_units_and_one_per_reader_and_flush() {
        ConversationId room = ConversationId.room(new RoomId("r" + UUID.randomUUID()));
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMinutes(1)))) {
            LogNode.await(node.log.append(room, ChatEvent.message(node.alice, node.alice, TEXT), START));
            assertThat(node.wiretap.units("write")).isEqualTo(2);
            for (int i = 0; i < 10; i++) {
                UserId reader = UserId.of("reader" + i);
                LogNode.await(node.log.mark(
                        new Mark(room, node.alice, reader, MessageStatus.DISPLAYED, MessagePosition.endOf(START))));
            }
            node.log.close();
            log.info("room, first marks of 10 readers: {}", node.wiretap.units("update"));

            // Each new entry, the author's too, costs one unit, and once another one in the index.
            assertThat(node.wiretap.units("update")).isEqualTo(22);
        }
    }

    @Test
    void reads_cost_the_documented_units() {
        try (LogNode node = new LogNode(each -> each)) {
            node.appendMany(100, START);
            node.wiretap.reset();
            node.messages(HistoryRange.newest(50));
            double page = node.wiretap.units("query");
            double entries = node.wiretap.units("get");
            node.wiretap.reset();
            node.conversations(node.bob);
            double list = node.wiretap.units("query", "get");
            log.info("page of 50: query {}, entries {}; list of one with 100 unread: {}", page, entries, list);

            assertThat(page).isBetween(1.0, 8.0);
            assertThat(entries).isEqualTo(2);
            assertThat(list).isBetween(1.0, 20.0);
        }
    }
}
