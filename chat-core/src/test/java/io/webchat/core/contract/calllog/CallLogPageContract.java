package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Proves that the messages of a conversation come in pages, newest first. */
interface CallLogPageContract {
    /** Texts of the numbers below {@code end}, the highest first. */
    private static List<String> numbersDown(int end) {
        return IntStream.range(0, end).mapToObj(i -> "text " + (end - 1 - i)).toList();
    }

    private static void logNumbers(CallLogFixture c, int from, int end) {
        for (int i = from; i < end; i++) {
            c.log(i % 2 == 0 ? c.alice : c.bob, i % 2 == 0 ? c.bob : c.alice, "text " + i, i);
        }
    }

    @Test
    default void a_conversation_that_never_was_is_an_empty_last_page(CallLogFixture c) {
        assertThat(StageResults.await(c.node.messages(c.talk, c.alice, HistoryRange.newest(10))))
                .isEmpty();
    }

    @Test
    default void messages_come_newest_first_whenever_they_were_logged(CallLogFixture c) {
        for (int i : List.of(3, 0, 4, 1, 2)) {
            c.log(c.alice, c.bob, "text " + i, i);
        }

        assertThat(c.texts()).isEqualTo(numbersDown(5));
    }

    @Test
    default void pages_follow_each_other_without_loss_or_repetition(CallLogFixture c) {
        logNumbers(c, 0, 23);

        for (int limit : List.of(1, 2, 5, 22, 23, 24)) {
            assertThat(CallLogFixture.texts(c.paged(c.node, limit)))
                    .as("in pages of %s", limit)
                    .isEqualTo(numbersDown(23));
        }
    }

    @Test
    default void a_range_holds_the_messages_between_its_ends(CallLogFixture c) {
        logNumbers(c, 0, 10);
        List<MessagePosition> places =
                c.messages().stream().map(LoggedMessage::position).sorted().toList();

        assertThat(range(c, places.get(2), places.get(6), false, 10)).containsExactly("text 5", "text 4", "text 3");
        assertThat(range(c, places.get(2), places.get(6), true, 10)).containsExactly("text 3", "text 4", "text 5");
        assertThat(range(c, places.get(2), places.get(6), false, 2)).containsExactly("text 5", "text 4");
        assertThat(range(c, places.get(2), places.get(6), true, 2)).containsExactly("text 3", "text 4");
        assertThat(range(c, places.get(7), null, true, 10)).containsExactly("text 8", "text 9");
        assertThat(range(c, null, null, true, 2)).containsExactly("text 0", "text 1");
        assertThat(range(c, places.get(9), null, false, 10)).isEmpty();
        assertThat(range(c, places.get(3), places.get(3), false, 10)).isEmpty();
        assertThat(range(c, places.get(4), places.get(3), true, 10)).isEmpty();
        assertThat(range(c, places.get(3), places.get(4), true, 10)).isEmpty();
    }

    private static List<String> range(
            CallLogFixture c,
            @Nullable MessagePosition after,
            @Nullable MessagePosition before,
            boolean oldestFirst,
            int limit) {
        HistoryRange range = new HistoryRange(after, before, oldestFirst, limit);
        return CallLogFixture.texts(StageResults.await(c.other.messages(c.talk, c.bob, range)));
    }

    @Test
    default void a_range_may_begin_and_end_between_messages(CallLogFixture c) {
        logNumbers(c, 0, 6);
        MessagePosition after = new MessagePosition(c.at(1), c.user("zoe"), MessageId.of("zz"));
        MessagePosition before = new MessagePosition(c.at(4), UserId.of("0"), MessageId.of("0"));

        assertThat(range(c, after, before, true, 10)).containsExactly("text 2", "text 3");
    }

    @Test
    default void messages_of_the_same_millisecond_are_neither_lost_nor_repeated(CallLogFixture c) {
        List<ChatEvent.Message> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            all.add(c.log(i % 2 == 0 ? c.alice : c.bob, i % 2 == 0 ? c.bob : c.alice, "text " + i, i / 5));
        }
        List<LoggedMessage> paged = c.paged(c.node, 2);

        assertThat(paged).extracting(LoggedMessage::message).containsExactlyInAnyOrderElementsOf(all);
        assertThat(CallLogFixture.texts(paged).subList(0, 4))
                .containsExactlyInAnyOrder("text 5", "text 6", "text 7", "text 8");
    }

    @Test
    default void paging_is_not_disturbed_by_appends_in_between(CallLogFixture c) {
        logNumbers(c, 0, 12);
        List<String> seen = new ArrayList<>();
        MessagePosition before = null;
        for (int newer = 12; newer < 16; newer++) {
            List<LoggedMessage> page =
                    StageResults.await(c.node.messages(c.talk, c.bob, HistoryRange.before(before, 5)));
            seen.addAll(CallLogFixture.texts(page));
            before = page.isEmpty() ? before : page.get(page.size() - 1).position();
            logNumbers(c, newer, newer + 1);
        }

        assertThat(seen).isEqualTo(numbersDown(12));
    }

    @Test
    default void paging_is_not_disturbed_by_appends_at_the_same_time(CallLogFixture c) {
        logNumbers(c, 0, 40);
        List<List<String>> seen = ConcurrentCalls.run(3, i -> {
            if (i == 0) {
                logNumbers(c, 40, 80);
                return List.<String>of();
            }
            return CallLogFixture.texts(c.paged(c.node(i), 3));
        });

        for (List<String> each : seen.subList(1, 3)) {
            // Where the reader started depends on the other thread; from there on nothing may be missing.
            assertThat(each).isEqualTo(numbersDown(each.size())).hasSizeGreaterThanOrEqualTo(40);
        }
    }

    @Test
    default void each_conversation_has_pages_of_its_own(CallLogFixture c) {
        c.log(c.alice, c.bob, "to bob", 1);
        c.log(c.alice, c.carol, "to carol", 2);

        assertThat(c.texts()).containsExactly("to bob");
        ConversationId carols = ConversationId.direct(c.carol, c.alice);
        assertThat(CallLogFixture.texts(c.messages(carols))).containsExactly("to carol");
    }
}
