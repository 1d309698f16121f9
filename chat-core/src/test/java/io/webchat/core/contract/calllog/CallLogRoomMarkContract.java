package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DELIVERED;
import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static io.webchat.core.calllog.MessageStatus.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import org.junit.jupiter.api.Test;

/** Proves that a room's message has the status of its furthest reader, and that each reader has own watermarks. */
interface CallLogRoomMarkContract {
    private static ConversationEntry den(CallLogFixture c, UserId user) {
        return c.entry(user, c.denTalk, c.joined(0));
    }

    @Test
    default void G11_in_a_room_a_message_is_as_far_as_the_furthest_reader(CallLogFixture c) {
        ChatEvent.Message one = c.say(c.alice, "one", 1);
        ChatEvent.Message two = c.say(c.alice, "two", 2);
        ChatEvent.Message three = c.say(c.alice, "three", 3);
        c.markDen(c.alice, c.bob, DELIVERED, 2);
        c.markDen(c.alice, c.carol, DISPLAYED, 1);

        c.awaitStatus(one, DISPLAYED);
        c.awaitStatus(two, DELIVERED);
        c.awaitStatus(three, SENT);
    }

    @Test
    default void G11_a_slower_reader_takes_nothing_back(CallLogFixture c) {
        ChatEvent.Message one = c.say(c.alice, "one", 1);
        ChatEvent.Message two = c.say(c.alice, "two", 2);
        c.markDen(c.alice, c.bob, DISPLAYED, 2);
        c.awaitStatus(two, DISPLAYED);
        c.markDen(c.alice, c.carol, DELIVERED, 1);
        CallLogFixture.awaitMarks(
                () -> assertThat(den(c, c.carol).received()).isEqualTo(new Watermarks(c.end(1), null)));

        c.awaitStatus(one, DISPLAYED);
        c.awaitStatus(two, DISPLAYED);
    }

    @Test
    default void in_a_room_marks_touch_one_authors_messages_only(CallLogFixture c) {
        ChatEvent.Message alices = c.say(c.alice, "from alice", 1);
        ChatEvent.Message bobs = c.say(c.bob, "from bob", 2);
        c.markDen(c.alice, c.carol, DISPLAYED, 5);

        c.awaitStatus(alices, DISPLAYED);
        c.awaitStatus(bobs, SENT);
        c.markDen(c.bob, c.carol, DELIVERED, 5);
        c.awaitStatus(bobs, DELIVERED);
        c.awaitStatus(alices, DISPLAYED);
    }

    @Test
    default void marks_in_a_room_leave_its_members_1_to_1_conversations_alone(CallLogFixture c) {
        ChatEvent.Message direct = c.log(c.alice, c.bob, "to bob", 1);
        ChatEvent.Message inDen = c.say(c.alice, "in the den", 1);
        c.markDen(c.alice, c.bob, DISPLAYED, 5);

        c.awaitStatus(inDen, DISPLAYED);
        c.awaitStatus(direct, SENT);
    }

    @Test
    default void each_reader_has_their_own_watermarks(CallLogFixture c) {
        c.say(c.alice, "one", 1);
        c.say(c.alice, "two", 2);
        c.markDen(c.alice, c.bob, DELIVERED, 2);
        c.markDen(c.alice, c.bob, DISPLAYED, 1);
        c.markDen(c.alice, c.carol, DELIVERED, 1);

        CallLogFixture.awaitMarks(() -> {
            assertThat(den(c, c.alice).sent()).isEqualTo(new Watermarks(c.end(2), c.end(1)));
            assertThat(den(c, c.alice).received()).isEqualTo(Watermarks.NONE);
            assertThat(den(c, c.bob).sent()).isEqualTo(Watermarks.NONE);
            assertThat(den(c, c.bob).received()).isEqualTo(new Watermarks(c.end(2), c.end(1)));
            assertThat(den(c, c.carol).received()).isEqualTo(new Watermarks(c.end(1), null));
        });
    }

    @Test
    default void an_entry_tells_both_sides_how_far_messages_have_come(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.alice, "two", 2);
        c.mark(c.bob, DISPLAYED, 1);
        c.mark(c.alice, DELIVERED, 2);
        Watermarks ofAlices = new Watermarks(c.end(1), c.end(1));
        Watermarks ofBobs = new Watermarks(c.end(2), null);

        CallLogFixture.awaitMarks(() -> {
            assertThat(c.entry(c.alice, c.talk).sent()).isEqualTo(ofAlices);
            assertThat(c.entry(c.alice, c.talk).received()).isEqualTo(ofBobs);
            assertThat(c.entry(c.bob, c.talk).sent()).isEqualTo(ofBobs);
            assertThat(c.entry(c.bob, c.talk).received()).isEqualTo(ofAlices);
        });
    }

    @Test
    default void G11_a_mark_in_a_room_may_come_before_its_first_message(CallLogFixture c) {
        c.markDen(c.alice, c.bob, DISPLAYED, 5);
        ChatEvent.Message first = c.say(c.alice, "its recording was tried again", 1);

        c.awaitStatus(first, DISPLAYED);
        assertThat(den(c, c.bob).unread()).isZero();
    }
}
