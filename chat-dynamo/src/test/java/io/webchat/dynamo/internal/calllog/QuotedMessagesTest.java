package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.dynamo.LogNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Answers to messages that do not exist cost a query of the index each, however long the history is. */
final class QuotedMessagesTest {
    @Test
    void missing_messages_cost_half_a_unit_each() {
        try (LogNode node = new LogNode(each -> each)) {
            node.appendMany(100, 1_700_000_000_000L);
            List<MessageRef> missing = IntStream.range(0, 20)
                    .mapToObj(i -> new MessageRef(node.alice, MessageId.of("none-" + i)))
                    .toList();
            node.wiretap.reset();

            assertThat(LogNode.await(node.log.quoted(node.talk, node.bob, missing)))
                    .isEmpty();

            assertThat(node.wiretap.requests.stream()
                            .filter(QueryRequest.class::isInstance)
                            .map(QueryRequest.class::cast))
                    .hasSize(20)
                    .noneMatch(each -> Boolean.TRUE.equals(each.consistentRead()));
            assertThat(node.wiretap.units("query")).isLessThanOrEqualTo(10);
            assertThat(node.wiretap.units("get", "item")).isLessThanOrEqualTo(1);
        }
    }
}
