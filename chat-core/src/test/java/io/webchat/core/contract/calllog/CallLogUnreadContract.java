package io.webchat.core.contract.calllog;

import static io.webchat.core.MessageStatus.DELIVERED;
import static io.webchat.core.MessageStatus.DISPLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ConversationEntry;
import io.webchat.core.UserId;
import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.CallLogRemoval;
import org.junit.jupiter.api.Test;

/** Proves that unread counts the messages of others after the reader's displayed watermark, up to a bound. */
interface CallLogUnreadContract {
    private static int unread(CallLogFixture c, UserId user) {
        return c.entry(user, c.talk).unread();
    }

    private static int inDen(CallLogFixture c, UserId user, long joinedAt) {
        return c.entry(user, c.denTalk, c.joined(joinedAt)).unread();
    }

    @Test
    default void messages_of_others_are_unread_and_own_messages_are_not(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.alice, "two", 2);
        c.log(c.alice, c.bob, "three", 3);

        assertThat(unread(c, c.bob)).isEqualTo(2);
        assertThat(unread(c, c.alice)).isEqualTo(1);
    }

    @Test
    default void displayed_messages_are_read(CallLogFixture c) {
        for (int i = 1; i <= 5; i++) {
            c.log(c.alice, c.bob, "text " + i, i);
        }
        c.mark(c.bob, DISPLAYED, 3);

        CallLogFixture.awaitMarks(() -> assertThat(unread(c, c.bob)).isEqualTo(2));
        c.log(c.alice, c.bob, "one more", 6);
        assertThat(unread(c, c.bob)).isEqualTo(3);
        c.mark(c.bob, DISPLAYED, 6);
        CallLogFixture.awaitMarks(() -> assertThat(unread(c, c.bob)).isZero());
    }

    @Test
    default void delivered_messages_are_unread(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.alice, c.bob, "two", 2);
        c.mark(c.bob, DELIVERED, 2);
        CallLogFixture.awaitMarks(
                () -> assertThat(c.entry(c.bob, c.talk).received().delivered()).isEqualTo(c.end(2)));

        assertThat(unread(c, c.bob)).isEqualTo(2);
    }

    @Test
    default void the_displays_of_the_other_user_do_not_count(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.alice, "two", 2);
        c.mark(c.bob, DISPLAYED, 1);

        CallLogFixture.awaitMarks(() -> assertThat(unread(c, c.bob)).isZero());
        assertThat(unread(c, c.alice)).isEqualTo(1);
    }

    @Test
    default void counting_ends_at_its_bound(CallLogFixture c) {
        for (int i = 1; i < ConversationEntry.MAX_UNREAD; i++) {
            c.log(c.alice, c.bob, "text " + i, i);
        }
        assertThat(unread(c, c.bob)).isEqualTo(ConversationEntry.MAX_UNREAD - 1);
        for (int i = 0; i < 5; i++) {
            c.log(c.alice, c.bob, "more " + i, 200 + i);
        }
        assertThat(unread(c, c.bob)).isEqualTo(ConversationEntry.MAX_UNREAD);
    }

    @Test
    default void own_messages_in_between_do_not_use_the_bound_up(CallLogFixture c) {
        for (int i = 0; i < 10; i++) {
            c.log(c.alice, c.bob, "text " + i, i);
        }
        for (int i = 0; i < 120; i++) {
            c.log(c.bob, c.alice, "answer " + i, 100 + i);
        }

        assertThat(unread(c, c.bob)).isEqualTo(10);
        assertThat(unread(c, c.alice)).isEqualTo(ConversationEntry.MAX_UNREAD);
    }

    @Test
    default void in_a_room_each_member_has_their_own_count(CallLogFixture c) {
        c.say(c.alice, "one", 1);
        c.say(c.bob, "two", 2);
        c.say(c.alice, "three", 3);
        assertThat(inDen(c, c.alice, 0)).isEqualTo(1);
        assertThat(inDen(c, c.bob, 0)).isEqualTo(2);
        assertThat(inDen(c, c.carol, 0)).isEqualTo(3);

        c.markDen(c.alice, c.carol, DISPLAYED, 3);
        CallLogFixture.awaitMarks(() -> assertThat(inDen(c, c.carol, 0)).isZero());
        assertThat(inDen(c, c.bob, 0)).isEqualTo(2);
    }

    @Test
    default void messages_before_joining_a_room_are_not_unread(CallLogFixture c) {
        c.say(c.alice, "one", 10);
        c.say(c.alice, "two", 20);
        c.say(c.alice, "three", 30);

        assertThat(inDen(c, c.bob, 0)).isEqualTo(3);
        assertThat(inDen(c, c.bob, 15)).isEqualTo(2);
        assertThat(inDen(c, c.bob, 35)).isZero();
    }

    @Test
    default void hidden_messages_are_not_unread(CallLogFixture c) {
        CallLogRemoval removal = c.removal();
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.alice, c.bob, "two", 2);
        StageResults.await(removal.hide(c.bob, c.talk, c.end(5)));
        c.log(c.alice, c.bob, "three", 9);

        assertThat(unread(c, c.bob)).isEqualTo(1);
    }

    @Test
    default void a_user_who_writes_to_themselves_has_nothing_unread(CallLogFixture c) {
        c.log(c.alice, c.alice, "buy milk", 1);

        assertThat(c.conversations(c.alice))
                .extracting(ConversationEntry::unread)
                .containsExactly(0);
    }
}
