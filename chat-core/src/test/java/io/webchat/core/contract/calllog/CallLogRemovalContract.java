package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Proves that a hidden conversation loses its messages for the user who hides it, and for nobody else. Skipped if the
 * call log hides nothing.
 */
interface CallLogRemovalContract {
    private static void hide(CallLogFixture c, UserId user, ConversationId conversation, long millis) {
        CallLogRemoval removal = c.removal();
        StageResults.await(removal.hide(user, conversation, c.end(millis)));
    }

    private static List<String> seenBy(CallLogFixture c, UserId user, ConversationId conversation) {
        return CallLogFixture.texts(StageResults.await(c.other.messages(conversation, user, HistoryRange.newest(100))));
    }

    @Test
    default void a_hidden_conversation_is_gone_from_the_list_and_the_history(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.alice, "two", 2);
        hide(c, c.bob, c.talk, 5);

        assertThat(c.conversations(c.bob)).isEmpty();
        assertThat(CallLogFixture.conversations(c.other, c.bob, 9)).isEmpty();
        assertThat(seenBy(c, c.bob, c.talk)).isEmpty();
    }

    @Test
    default void the_other_user_keeps_the_hidden_messages(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        hide(c, c.bob, c.talk, 5);

        assertThat(c.conversations(c.alice)).extracting(ConversationEntry::id).containsExactly(c.talk);
        assertThat(seenBy(c, c.alice, c.talk)).containsExactly("one");
        assertThat(c.find(one)).isPresent();
    }

    @Test
    default void a_message_at_the_very_time_is_hidden_too(CallLogFixture c) {
        c.log(c.alice, c.bob, "at", 5);
        hide(c, c.bob, c.talk, 5);

        assertThat(c.conversations(c.bob)).isEmpty();
        assertThat(seenBy(c, c.bob, c.talk)).isEmpty();
    }

    @Test
    default void a_later_message_brings_a_hidden_conversation_back_without_the_hidden_messages(CallLogFixture c) {
        c.log(c.alice, c.bob, "before", 1);
        hide(c, c.bob, c.talk, 5);
        c.log(c.alice, c.bob, "since", 6);
        ChatEvent.Message last = c.log(c.bob, c.alice, "last", 7);

        assertThat(c.conversations(c.bob))
                .extracting(each -> each.last().message())
                .containsExactly(last);
        assertThat(seenBy(c, c.bob, c.talk)).containsExactly("last", "since");
        assertThat(seenBy(c, c.alice, c.talk)).containsExactly("last", "since", "before");
    }

    @Test
    default void hiding_never_goes_back(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.alice, c.bob, "two", 4);
        hide(c, c.bob, c.talk, 5);
        hide(c, c.bob, c.talk, 5);
        hide(c, c.bob, c.talk, 2);
        c.log(c.alice, c.bob, "three", 6);

        assertThat(seenBy(c, c.bob, c.talk)).containsExactly("three");
    }

    @Test
    default void hiding_an_unknown_conversation_changes_nothing(CallLogFixture c) {
        hide(c, c.bob, c.talk, 5);
        assertThat(c.conversations(c.bob)).isEmpty();
        c.log(c.alice, c.bob, "first", 6);

        assertThat(seenBy(c, c.bob, c.talk)).containsExactly("first");
        assertThat(c.conversations(c.bob)).hasSize(1);
    }

    @Test
    default void a_page_is_full_if_there_are_more_visible_messages(CallLogFixture c) {
        for (int i = 0; i < 9; i++) {
            c.log(c.user("peer" + i), c.alice, "text", i);
            if (i % 3 != 0) {
                hide(c, c.alice, ConversationId.direct(c.user("peer" + i), c.alice), 20);
            }
        }

        assertThat(CallLogFixture.conversations(c.other, c.alice, 2))
                .extracting(ConversationEntry::id)
                .containsExactly(
                        ConversationId.direct(c.user("peer6"), c.alice),
                        ConversationId.direct(c.user("peer3"), c.alice),
                        ConversationId.direct(c.user("peer0"), c.alice));
    }

    @Test
    default void hidden_messages_are_in_no_range(CallLogFixture c) {
        for (int i = 0; i < 10; i++) {
            c.log(c.alice, c.bob, "text " + i, i);
        }
        hide(c, c.bob, c.talk, 4);
        MessagePosition third = c.messages().stream()
                .map(LoggedMessage::position)
                .sorted()
                .toList()
                .get(2);

        assertThat(CallLogFixture.texts(
                        StageResults.await(c.other.messages(c.talk, c.bob, new HistoryRange(third, null, true, 2)))))
                .containsExactly("text 5", "text 6");
        assertThat(StageResults.await(c.other.messages(c.talk, c.bob, HistoryRange.before(third, 2))))
                .isEmpty();
        assertThat(StageResults.await(c.other.messages(c.talk, c.bob, new HistoryRange(null, null, true, 100))))
                .hasSize(5);
    }

    @Test
    default void a_member_who_hides_a_room_hides_it_for_nobody_else(CallLogFixture c) {
        c.say(c.alice, "before", 1);
        hide(c, c.bob, c.denTalk, 5);
        assertThat(CallLogFixture.conversations(c.other, c.bob, List.of(c.joined(0)), 9))
                .isEmpty();
        assertThat(seenBy(c, c.carol, c.denTalk)).containsExactly("before");
        c.say(c.alice, "since", 6);

        assertThat(seenBy(c, c.bob, c.denTalk)).containsExactly("since");
        assertThat(c.entry(c.bob, c.denTalk, c.joined(0)).unread()).isEqualTo(1);
        assertThat(c.entry(c.carol, c.denTalk, c.joined(0)).unread()).isEqualTo(2);
    }

    @Test
    default void marks_hold_for_hidden_messages_too(CallLogFixture c) {
        ChatEvent.Message one = c.log(c.alice, c.bob, "one", 1);
        hide(c, c.bob, c.talk, 5);
        c.mark(c.bob, DISPLAYED, 1);

        c.awaitStatus(one, DISPLAYED);
        assertThat(c.conversations(c.bob)).isEmpty();
    }
}
