package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.dynamo.LogNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;

/** An amendment takes two write units, a page of history as many read units as before, and a crash in between heals. */
final class AmendmentUnitsTest {
    private static final long START = 1_700_000_000_000L;
    private static final String TEXT = "Hello there! ".repeat(8);

    private static LoggedMessage message(LogNode node, long at) {
        ChatEvent.Message message = ChatEvent.message(node.alice, node.bob, TEXT);
        LogNode.await(node.append(message, at));
        return found(node, message);
    }

    private static LoggedMessage found(LogNode node, ChatEvent.Message message) {
        return LogNode.await(node.log.find(node.talk, message.from(), message.id()))
                .orElseThrow();
    }

    private static void amend(LogNode node, LoggedMessage target, Amendment amendment, long at) {
        assertThat(LogNode.await(node.log.amend(target, amendment, at))).isEqualTo(AmendmentOutcome.AMENDED);
    }

    private static double written(LogNode node) {
        return node.wiretap.units("write", "update", "put");
    }

    @Test
    void an_edit_a_reaction_and_a_deletion_take_two_write_units_each() {
        try (LogNode node = new LogNode(each -> each)) {
            LoggedMessage target = message(node, START);
            List<Amendment> all = List.of(
                    Amendment.by(node.alice).of(target.message()).edit(MessageContent.text(TEXT + "!")),
                    Amendment.by(node.bob).of(target.message()).react("👍"),
                    Amendment.by(node.bob).of(target.message()).unreact("👍"),
                    Amendment.by(node.alice).of(target.message()).delete());
            for (int i = 0; i < all.size(); i++) {
                LoggedMessage now = found(node, target.message());
                node.wiretap.reset();
                amend(node, now, all.get(i), START + 10 + i);

                assertThat(written(node)).as(all.get(i).toString()).isEqualTo(2.0);
            }
        }
    }

    @Test
    void a_page_of_history_takes_the_same_read_units_with_amendments() {
        try (LogNode node = new LogNode(each -> each)) {
            List<LoggedMessage> messages = IntStream.range(0, 20)
                    .mapToObj(i -> message(node, START + i))
                    .toList();
            double before = page(node);
            for (int i = 0; i < messages.size(); i++) {
                LoggedMessage each = messages.get(i);
                amend(
                        node,
                        each,
                        Amendment.by(node.alice).of(each.message()).edit(MessageContent.text(TEXT)),
                        START + 100 + i);
            }
            // Reactions lengthen a message a little: a unit is 4 KB of the whole page.
            amend(
                    node,
                    messages.get(0),
                    Amendment.by(node.bob).of(messages.get(0).message()).react("+"),
                    START + 200);

            assertThat(page(node)).isEqualTo(before);
        }
    }

    private static double page(LogNode node) {
        node.wiretap.reset();
        assertThat(node.messages(HistoryRange.newest(50))).hasSize(20);
        return node.wiretap.units("query");
    }

    @Test
    void G17_a_repetition_adds_the_record_that_a_crash_left_out() {
        try (LogNode node = new LogNode(each -> each)) {
            LoggedMessage target = message(node, START);
            Amendment deletion = Amendment.by(node.alice).of(target.message()).delete();
            node.wiretap.cut = BatchWriteItemRequest.class::isInstance;
            assertThatThrownBy(() -> LogNode.await(node.log.amend(target, deletion, START + 5)))
                    .hasRootCauseInstanceOf(RuntimeException.class);
            node.wiretap.cut = request -> false;

            assertThat(deletions(node)).isZero();
            amend(node, target, deletion, START + 5);

            assertThat(deletions(node)).isEqualTo(1);
            assertThat(node.messages(HistoryRange.newest(1)).get(0).message().deletion())
                    .isNotNull();
        }
    }

    private static int deletions(LogNode node) {
        return LogNode.await(node.log.amendments(node.talk, null, 10))
                .amendments()
                .size();
    }
}
