package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.MovableClock;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.dynamo.DynamoAccess;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Expired messages are not seen any more, although DynamoDB deletes them days later and DynamoDB Local never. */
final class RetentionTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final MovableClock clock = MovableClock.stoppedAt(Instant.ofEpochMilli(1_700_000_000_000L));

    @Test
    void expired_messages_are_neither_listed_nor_found_nor_counted() {
        try (LogNode node = new LogNode(each -> each.retention(Duration.ofDays(2)), clock)) {
            ChatEvent.Message old = ChatEvent.message(node.alice, node.bob, "old");
            LogNode.await(node.append(old, clock.millis()));
            LogNode.await(node.append("new", clock.millis() + DAY));
            assertThat(node.messages(HistoryRange.newest(10))).hasSize(2);
            clock.advance(Duration.ofMillis(2 * DAY + 1_000));

            assertThat(node.messages(HistoryRange.newest(10)))
                    .extracting(each -> each.message().text())
                    .containsExactly("new");
            assertThat(node.messages(new HistoryRange(null, null, true, 10))).hasSize(1);
            assertThat(LogNode.await(node.log.find(node.talk, node.alice, old.id())))
                    .isEmpty();
            // The entry is written a little later, while this clock stands still.
            await().untilAsserted(() -> assertThat(node.conversations(node.bob))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.unread()).isEqualTo(1);
                        assertThat(each.last().message().text()).isEqualTo("new");
                    }));
        }
    }

    @Test
    void a_conversation_whose_messages_have_all_expired_is_not_listed() {
        try (LogNode node = new LogNode(each -> each.retention(Duration.ofDays(2)), clock)) {
            LogNode.await(node.append("old", clock.millis()));
            clock.advance(Duration.ofMillis(3 * DAY));

            assertThat(node.conversations(node.bob)).isEmpty();
            assertThat(node.messages(HistoryRange.newest(10))).isEmpty();
        }
    }

    @Test
    void a_longer_retention_does_not_bring_expired_messages_back() {
        ChatEvent.Message old;
        try (LogNode shorter = new LogNode(each -> each.retention(Duration.ofDays(1)), clock);
                LogNode longer = new LogNode(each -> each.retention(Duration.ofDays(9)), clock)) {
            old = ChatEvent.message(shorter.alice, shorter.bob, "old");
            LogNode.await(shorter.append(old, clock.millis()));
            clock.advance(Duration.ofMillis(2 * DAY));

            assertThat(LogNode.await(longer.log.messages(shorter.talk, shorter.bob, HistoryRange.newest(10))))
                    .isEmpty();
            assertThat(LogNode.await(longer.log.find(shorter.talk, shorter.alice, old.id())))
                    .isEmpty();
        }
    }

    @Test
    void items_say_when_dynamodb_may_delete_them() {
        try (LogNode node = new LogNode(each -> each.retention(Duration.ofDays(2)), clock)) {
            ChatEvent.Message message = ChatEvent.message(node.alice, node.bob, "hello");
            LogNode.await(node.append(message, clock.millis()));
            TableClient table = new TableClient(Tables.CLIENT, DynamoAccess.settings(Tables.config()));
            Map<String, AttributeValue> item = MessageItems.item(
                            node.talk, LatestMessage.of(message, clock.millis()), message.content())
                    .map();
            Map<String, AttributeValue> stored = Objects.requireNonNull(
                    LogNode.await(table.get(Item.text(item, TableKeys.PK), Item.text(item, TableKeys.SK))));
            Map<String, AttributeValue> entry = Objects.requireNonNull(
                    LogNode.await(table.get(TableKeys.user(node.bob), CallLogKeys.entry(node.talk))));

            assertThat(Item.number(stored, TableKeys.EXPIRES)).isEqualTo((clock.millis() + 2 * DAY) / 1000);
            // Covers messages that come while the entry is not written.
            long covered = clock.millis() + ListPositionWriter.MAX_LAG.toMillis();
            assertThat(Item.number(entry, TableKeys.EXPIRES)).isEqualTo((covered + 2 * DAY) / 1000);
        }
    }
}
