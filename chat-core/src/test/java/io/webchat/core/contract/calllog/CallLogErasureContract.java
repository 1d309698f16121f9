package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static io.webchat.core.calllog.MessageStatus.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that erased messages are gone for every user. Skipped if the call log erases nothing. */
interface CallLogErasureContract {
    @Test
    default void an_erased_conversation_is_gone_for_both_users(CallLogFixture c) {
        ChatEvent.Message message = c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.alice, "two", 2);
        c.log(c.alice, c.carol, "to carol", 3);
        StageResults.await(c.removal().erase(c.talk));

        assertThat(c.messages()).isEmpty();
        assertThat(c.find(message)).isEmpty();
        assertThat(c.conversations(c.bob)).isEmpty();
        assertThat(CallLogFixture.conversations(c.other, c.alice, 9))
                .extracting(ConversationEntry::id)
                .containsExactly(ConversationId.direct(c.alice, c.carol));
    }

    @Test
    default void an_erased_conversation_may_begin_anew_without_its_watermarks(CallLogFixture c) {
        ChatEvent.Message old = c.log(c.alice, c.bob, "old", 1);
        c.mark(c.bob, DISPLAYED, 100);
        c.awaitStatus(old, DISPLAYED);
        StageResults.await(c.removal().hide(c.bob, c.talk, c.end(100)));
        StageResults.await(c.removal().erase(c.talk));
        ChatEvent.Message next = c.log(c.alice, c.bob, "new", 50);

        assertThat(c.messages()).containsExactly(new LoggedMessage(next, c.at(50), SENT));
        assertThat(c.conversations(c.bob))
                .containsExactly(new ConversationEntry(
                        c.talk, new LoggedMessage(next, c.at(50), SENT), 1, 0, Watermarks.NONE, Watermarks.NONE));
    }

    @Test
    default void a_long_conversation_is_erased_as_a_whole(CallLogFixture c) {
        for (int i = 0; i < 130; i++) {
            c.log(i % 2 == 0 ? c.alice : c.bob, i % 2 == 0 ? c.bob : c.alice, "text " + i, i);
        }
        StageResults.await(c.removal().erase(c.talk));

        assertThat(c.messages()).isEmpty();
        assertThat(c.conversations(c.alice)).isEmpty();
    }

    @Test
    default void an_erased_room_has_no_messages_any_more(CallLogFixture c) {
        c.say(c.alice, "one", 1);
        c.say(c.bob, "two", 2);
        c.markDen(c.alice, c.bob, DISPLAYED, 1);
        StageResults.await(c.removal().erase(c.denTalk));

        assertThat(c.messages(c.denTalk)).isEmpty();
        assertThat(CallLogFixture.conversations(c.other, c.carol, List.of(c.joined(0)), 9))
                .isEmpty();
    }

    @Test
    default void an_erased_users_1_to_1_conversations_are_gone_for_both_sides(CallLogFixture c) {
        ChatEvent.Message toBob = c.log(c.alice, c.bob, "to bob", 1);
        c.log(c.carol, c.alice, "to alice", 2);
        c.log(c.bob, c.carol, "to carol", 3);
        c.log(c.alice, c.alice, "buy milk", 4);
        StageResults.await(c.removal().erase(c.alice));

        ConversationId others = ConversationId.direct(c.bob, c.carol);
        assertThat(c.conversations(c.alice)).isEmpty();
        assertThat(c.conversations(c.bob)).extracting(ConversationEntry::id).containsExactly(others);
        assertThat(c.conversations(c.carol)).extracting(ConversationEntry::id).containsExactly(others);
        assertThat(c.messages()).isEmpty();
        assertThat(c.find(toBob)).isEmpty();
    }

    @Test
    default void the_partners_of_a_user_are_those_of_all_1_to_1_conversations_hidden_ones_included(CallLogFixture c) {
        c.log(c.alice, c.bob, "to bob", 1);
        c.log(c.carol, c.alice, "to alice", 2);
        c.log(c.alice, c.alice, "buy milk", 3);
        c.say(c.alice, "into the den", 4);
        StageResults.await(c.removal().hide(c.alice, c.talk, c.end(5)));

        assertThat(StageResults.await(c.removal().partners(c.alice))).containsExactlyInAnyOrder(c.bob, c.carol);
        assertThat(StageResults.await(c.removal().partners(c.bob))).containsExactly(c.alice);
    }

    @Test
    default void an_erased_users_words_in_rooms_stay_and_their_reading_is_forgotten(CallLogFixture c) {
        c.say(c.alice, "from alice", 1);
        c.say(c.bob, "from bob", 2);
        c.markDen(c.bob, c.alice, DISPLAYED, 2);
        CallLogFixture.awaitMarks(() ->
                assertThat(c.entry(c.alice, c.denTalk, c.joined(0)).unread()).isZero());
        StageResults.await(c.removal().erase(c.alice));

        assertThat(CallLogFixture.texts(c.messages(c.denTalk))).containsExactly("from bob", "from alice");
        ConversationEntry alices = c.entry(c.alice, c.denTalk, c.joined(0));
        assertThat(alices.received()).isEqualTo(Watermarks.NONE);
        assertThat(alices.unread()).isEqualTo(1);
    }

    @Test
    default void erasing_again_or_an_unknown_conversation_changes_nothing(CallLogFixture c) {
        StageResults.await(c.removal().erase(c.talk));
        StageResults.await(c.removal().erase(c.alice));
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.carol, "two", 2);
        StageResults.await(c.removal().erase(c.alice));
        StageResults.await(c.removal().erase(c.alice));
        StageResults.await(c.removal().erase(c.talk));

        assertThat(c.conversations(c.alice)).isEmpty();
        assertThat(c.conversations(c.bob)).hasSize(1);
    }
}
