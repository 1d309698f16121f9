package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.LogNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The author of many unanswered messages has no unread ones, and counting does not cost more each time. */
final class UnreadCounterTest {
    private static final long START = 1_700_000_000_000L;
    private static final int LONG = 2_500;

    private static void write(LogNode node, UserId author, int from, int to) {
        UserId reader = author.equals(node.alice) ? node.bob : node.alice;
        LogNode.await(CompletableFuture.allOf(IntStream.range(from, to)
                .mapToObj(i -> node.appendNew(author, reader, "text " + i, START + i))
                .toArray(CompletableFuture<?>[]::new)));
    }

    private static int unread(LogNode node, UserId user) {
        return node.conversations(user).get(0).unread();
    }

    @Test
    @Tag("full")
    void nothing_is_unread_for_the_author_of_a_long_monologue() {
        try (LogNode node = new LogNode(each -> each)) {
            write(node, node.alice, 0, LONG);

            assertThat(unread(node, node.alice)).isZero();
            assertThat(unread(node, node.bob)).isEqualTo(ConversationEntry.MAX_UNREAD);
        }
    }

    @Test
    void messages_counted_once_are_not_counted_again() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMillis(20)))) {
            write(node, node.alice, 0, LONG);
            assertThat(unread(node, node.alice)).isZero();
            double first = node.wiretap.units("query");
            await().untilAsserted(() -> {
                node.wiretap.reset();
                assertThat(unread(node, node.alice)).isZero();
                assertThat(node.wiretap.units("query")).isLessThan(first / 3);
            });
            write(node, node.bob, LONG, LONG + 3);

            assertThat(unread(node, node.alice)).isEqualTo(3);
        }
    }

    @Test
    void recent_messages_are_counted_again_because_older_ones_may_come_late() {
        long now = System.currentTimeMillis();
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMillis(20)))) {
            LogNode.await(CompletableFuture.allOf(IntStream.range(0, 600)
                    .mapToObj(i -> node.appendNew(node.alice, node.bob, "text " + i, now + i))
                    .toArray(CompletableFuture<?>[]::new)));
            assertThat(unread(node, node.alice)).isZero();
            node.log.close();
            try (LogNode late = new LogNode(each -> each, node)) {
                LogNode.await(late.appendNew(node.bob, node.alice, "recorded late", now));

                assertThat(unread(late, node.alice)).isEqualTo(1);
            }
        }
    }

    @Test
    @Tag("full")
    void answers_before_and_behind_a_long_monologue_are_unread() {
        try (LogNode node = new LogNode(each -> each)) {
            write(node, node.bob, 0, 2);
            write(node, node.alice, 2, LONG);
            write(node, node.bob, LONG, LONG + 3);

            assertThat(unread(node, node.alice)).isEqualTo(5);
        }
    }
}
