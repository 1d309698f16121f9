package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.MessageId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.dynamo.LogNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Long histories are read while they grow. */
final class HistoryReaderTest {
    private static final long START = 1_700_000_000_000L;

    @Test
    void a_thousand_messages_are_paged_without_loss_while_others_are_written() {
        assertPagedWithoutLoss(1_000);
    }

    @Test
    @Tag("full")
    void ten_thousand_messages_are_paged_without_loss_while_others_are_written() {
        assertPagedWithoutLoss(10_000);
    }

    private static void assertPagedWithoutLoss(int length) {
        try (LogNode node = new LogNode(each -> each)) {
            node.appendMany(length, START);
            CompletableFuture<?>[] more = IntStream.range(0, 500)
                    .mapToObj(i -> node.append("more " + i, START + length + i))
                    .toArray(CompletableFuture<?>[]::new);
            List<String> seen = pages(node, START + length, 200);
            LogNode.await(CompletableFuture.allOf(more));

            assertThat(seen)
                    .containsExactlyElementsOf(IntStream.range(0, length)
                            .mapToObj(i -> "text " + (length - 1 - i))
                            .toList());
            assertThat(node.conversations(node.bob))
                    .singleElement()
                    .satisfies(each -> assertThat(each.unread()).isEqualTo(100))
                    .satisfies(each -> assertThat(each.last().message().text()).isEqualTo("more 499"));
        }
    }

    /** All messages before this time, newest first. */
    private static List<String> pages(LogNode node, long end, int limit) {
        List<String> seen = new ArrayList<>();
        @Nullable MessagePosition before = new MessagePosition(end, node.alice, MessageId.of("-"));
        while (true) {
            List<LoggedMessage> page = node.messages(HistoryRange.before(before, limit));
            page.forEach(each -> seen.add(each.message().text()));
            if (page.size() < limit) {
                return seen;
            }
            before = page.get(limit - 1).position();
        }
    }

    @Test
    @Tag("full")
    void a_page_costs_the_same_at_any_length_of_the_history() {
        try (LogNode node = new LogNode(each -> each)) {
            node.appendMany(100, START);
            double atFirst = unitsOfAPage(node);
            node.appendMany(2_000, START + 100);

            assertThat(unitsOfAPage(node)).isEqualTo(atFirst).isBetween(0.5, 10.0);
            assertThat(node.wiretap.count(QueryRequest.class)).isEqualTo(1);
        }
    }

    private static double unitsOfAPage(LogNode node) {
        node.wiretap.reset();
        assertThat(node.messages(HistoryRange.newest(50))).hasSize(50);
        return node.wiretap.units("query");
    }
}
