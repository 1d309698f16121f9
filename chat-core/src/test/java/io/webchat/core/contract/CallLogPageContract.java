package io.webchat.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.core.ErrorCode;
import io.webchat.core.LoggedMessage;
import io.webchat.core.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The messages of a conversation come in pages, newest first. */
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

    private static List<String> texts(List<LoggedMessage> messages) {
        return messages.stream().map(each -> each.message().text()).toList();
    }

    @Test
    default void a_conversation_that_never_was_is_an_empty_last_page(CallLogFixture c) {
        Page<LoggedMessage> page = Answers.of(c.node.messages(c.talk, 10, ""));

        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isEmpty();
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
            List<LoggedMessage> all = CallLogFixture.all(cursor -> Answers.of(c.node.messages(c.talk, limit, cursor)));
            assertThat(texts(all)).as("in pages of %s", limit).isEqualTo(numbersDown(23));
        }
    }

    @Test
    default void a_page_is_full_while_there_are_more_messages(CallLogFixture c) {
        logNumbers(c, 0, 5);
        Page<LoggedMessage> first = Answers.of(c.node.messages(c.talk, 3, ""));

        assertThat(texts(first.items())).containsExactly("text 4", "text 3", "text 2");
        Page<LoggedMessage> rest =
                Answers.of(c.other.messages(c.talk, 3, first.next().orElseThrow()));
        assertThat(texts(rest.items())).containsExactly("text 1", "text 0");
        assertThat(rest.next()).isEmpty();
    }

    @Test
    default void messages_of_the_same_millisecond_are_neither_lost_nor_repeated(CallLogFixture c) {
        List<ChatEvent.Message> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            all.add(c.log(i % 2 == 0 ? c.alice : c.bob, i % 2 == 0 ? c.bob : c.alice, "text " + i, i / 5));
        }
        List<LoggedMessage> paged = CallLogFixture.all(cursor -> Answers.of(c.node.messages(c.talk, 2, cursor)));

        assertThat(paged).extracting(LoggedMessage::message).containsExactlyInAnyOrderElementsOf(all);
        assertThat(texts(paged).subList(0, 4)).containsExactlyInAnyOrder("text 5", "text 6", "text 7", "text 8");
    }

    @Test
    default void paging_is_not_disturbed_by_appends_in_between(CallLogFixture c) {
        logNumbers(c, 0, 12);
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        for (int newer = 12; cursor.isPresent(); newer++) {
            Page<LoggedMessage> page = Answers.of(c.node.messages(c.talk, 5, cursor.get()));
            seen.addAll(texts(page.items()));
            cursor = page.next();
            logNumbers(c, newer, newer + 1);
        }

        assertThat(seen).isEqualTo(numbersDown(12));
    }

    @Test
    default void paging_is_not_disturbed_by_appends_at_the_same_time(CallLogFixture c) {
        logNumbers(c, 0, 40);
        List<List<String>> seen = Crowd.of(3, i -> {
            if (i == 0) {
                logNumbers(c, 40, 80);
                return List.<String>of();
            }
            return texts(CallLogFixture.all(cursor -> Answers.of(c.node(i).messages(c.talk, 3, cursor))));
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
        assertThat(texts(Answers.of(c.node.messages(carols, 10, "")).items())).containsExactly("to carol");
    }

    @Test
    default void G13_a_cursor_that_is_none_is_refused(CallLogFixture c) {
        logNumbers(c, 0, 3);

        for (String cursor : BadCursors.ALL) {
            Answers.assertRefused(ErrorCode.BAD_REQUEST, c.node.messages(c.talk, 2, cursor));
        }
    }

    @Test
    default void G13_a_damaged_cursor_is_refused_or_gives_a_page(CallLogFixture c) {
        logNumbers(c, 0, 5);
        String good = Answers.of(c.node.messages(c.talk, 2, "")).next().orElseThrow();

        BadCursors.damaged(good).forEach(cursor -> BadCursors.assertHarmless(c.node.messages(c.talk, 2, cursor)));
        assertThat(texts(Answers.of(c.node.messages(c.talk, 2, good)).items())).containsExactly("text 2", "text 1");
    }
}
