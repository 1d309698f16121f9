package io.webchat.dynamo.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.MovableClock;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** Expired items are not seen any more, although DynamoDB deletes them days later and DynamoDB Local never. */
final class QueueExpiryTest {
    private static final QueueLimits LIMITS = QueueLimits.DEFAULT
            .withMaxAge(Duration.ofDays(2))
            .withDeviceAge(Duration.ofDays(2))
            .withDedupeWindow(Duration.ofDays(1));

    private final MovableClock clock = MovableClock.stoppedAt(Instant.parse("2026-01-01T00:00:00Z"));

    private QueueNode node() {
        return new QueueNode(each -> each, LIMITS, clock);
    }

    private void advance(Duration time) {
        clock.advance(time);
    }

    @Test
    void every_item_expires_later_than_it_is_needed() {
        try (QueueNode node = node()) {
            node.appendMany(20);
            node.appendMany(1);
            List<Map<String, AttributeValue>> items = LogNode.await(Tables.CLIENT.query(
                            query -> query.tableName(Tables.shared())
                                    .keyConditionExpression("pk = :queue")
                                    .expressionAttributeValues(Map.of(":queue", Item.text(QueueKeys.queue(node.bob))))))
                    .items();

            assertThat(items).hasSizeGreaterThan(40).allSatisfy(item -> {
                Duration left =
                        Duration.between(clock.instant(), Instant.ofEpochSecond(Item.number(item, TableKeys.EXPIRES)));
                boolean sent = Item.text(item, TableKeys.SK).startsWith(QueueKeys.SENT);
                assertThat(left)
                        .isGreaterThan(sent ? LIMITS.dedupeWindow() : LIMITS.maxAge())
                        .isLessThan(Duration.ofDays(3));
            });
        }
    }

    @Test
    void G10_old_events_that_are_items_of_their_own_are_left_out_with_few_reads() {
        try (QueueNode node = node()) {
            node.appendMany(60);
            advance(Duration.ofDays(1));
            List<Long> young = node.appendMany(60);
            node.appendMany(1);
            advance(Duration.ofHours(25));
            node.wiretap.reset();
            QueueSlice slice = node.read(0, QueueNode.ALL);

            assertThat(slice.events()).hasSize(61);
            assertThat(slice.first()).isEqualTo(young.get(0));
            assertThat(node.wiretap.count(GetItemRequest.class)).isBetween(2L, 12L);
            node.attach();
            node.appendMany(1);
            assertThat(node.storedEvents())
                    .as("the others are deleted with the next steps")
                    .isLessThanOrEqualTo(62);
        }
    }

    @Test
    void G8_an_expired_queue_begins_anew_above_its_old_Seqs() {
        try (QueueNode node = node();
                QueueNode other = node.another()) {
            node.attach();
            List<Long> before = node.appendMany(30);
            advance(Duration.ofDays(10));

            assertThat(node.read(0, 1)).matches(each -> each.devices() == 0 && each.first() == each.next());
            assertThat(node.confirm(before.get(3))).isFalse();
            List<Long> after = other.appendMany(2);
            assertThat(after.get(0)).isGreaterThan(before.get(29));
            assertThat(node.seqs()).isEqualTo(after);
        }
    }

    @Test
    void G3_a_node_with_a_late_clock_continues_above_the_existing_Seqs() {
        try (QueueNode node = node();
                QueueNode other = node.another()) {
            node.attach();
            List<Long> before = node.appendMany(3);
            advance(Duration.ofMinutes(-5));
            List<Long> after = other.appendMany(3);

            assertThat(after.get(0)).isEqualTo(before.get(2) + 1);
            assertThat(node.read(0, 10).events())
                    .extracting(each -> each.storedAt())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }
}
