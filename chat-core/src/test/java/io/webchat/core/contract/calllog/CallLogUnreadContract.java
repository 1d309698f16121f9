package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DELIVERED;
import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.ConversationReader;
import java.util.List;
import java.util.Set;
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

    private static ConversationEntry denWithout(CallLogFixture c, UserId reader, UserId... blocked) {
        ConversationReader without = new ConversationReader(reader, List.of(c.joined(0)), Set.of(blocked));
        return StageResults.await(c.other.conversations(without, null, 9)).stream()
                .filter(each -> each.id().equals(c.denTalk))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void in_a_room_messages_of_blocked_users_are_not_unread(CallLogFixture c) {
        c.say(c.alice, "one", 1);
        c.say(c.bob, "two", 2);
        c.say(c.alice, "three", 3);

        assertThat(denWithout(c, c.carol, c.alice).unread()).isEqualTo(1);
        assertThat(denWithout(c, c.carol, c.alice, c.bob).unread()).isZero();
        assertThat(denWithout(c, c.carol, c.user("dave")).unread()).isEqualTo(3);
        assertThat(denWithout(c, c.bob, c.alice).last().message().text()).isEqualTo("three");
    }

    @Test
    default void blocked_users_do_not_use_the_bound_up_and_count_again_later(CallLogFixture c) {
        for (int i = 0; i < 120; i++) {
            c.say(c.alice, "text " + i, i);
        }
        c.say(c.bob, "hello", 200);

        assertThat(denWithout(c, c.carol, c.alice).unread()).isEqualTo(1);
        assertThat(denWithout(c, c.carol).unread()).isEqualTo(ConversationEntry.MAX_UNREAD);
    }

    @Test
    default void blocks_do_not_change_the_count_of_a_1_to_1_conversation(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        ConversationReader reader = new ConversationReader(c.bob, List.of(), Set.of(c.alice));

        assertThat(StageResults.await(c.other.conversations(reader, null, 9)))
                .extracting(ConversationEntry::unread)
                .containsExactly(1);
    }

    @Test
    default void in_a_room_system_messages_are_not_unread_and_are_the_last_message(CallLogFixture c) {
        c.say(c.alice, "one", 1);
        ChatEvent.Message joined = ChatEvent.Message.from(c.alice)
                .in(c.den)
                .type("system.joined")
                .data(Json.parse("{\"Users\":[]}"))
                .build();
        c.log(joined, 2);

        assertThat(inDen(c, c.bob, 0)).isEqualTo(1);
        assertThat(c.entry(c.bob, c.denTalk, c.joined(0)).last().message()).isEqualTo(joined);
    }

    @Test
    default void system_messages_of_the_application_to_one_user_are_unread(CallLogFixture c) {
        c.log(
                ChatEvent.Message.from(c.alice)
                        .to(c.bob)
                        .type("system.notice")
                        .text("hi")
                        .build(),
                1);

        assertThat(unread(c, c.bob)).isEqualTo(1);
    }

    @Test
    default void mentions_of_the_reader_among_the_unread_messages_are_counted(CallLogFixture c) {
        c.log(mentioning(c, c.alice, c.bob), 1);
        c.log(mentioning(c, c.alice, c.bob, c.carol), 2);
        c.log(mentioning(c, c.alice, UserId.of(c.bob + "x")), 3);
        c.log(mentioning(c, c.bob, c.bob), 4);
        c.say(c.alice, "nobody", 5);
        assertThat(c.entry(c.bob, c.denTalk, c.joined(0)).mentions()).isEqualTo(2);
        assertThat(c.entry(c.carol, c.denTalk, c.joined(0)).mentions()).isEqualTo(1);
        assertThat(c.entry(c.alice, c.denTalk, c.joined(0)).mentions()).isZero();
        assertThat(denWithout(c, c.bob, c.alice).mentions()).isZero();

        c.markDen(c.alice, c.bob, DISPLAYED, 1);
        CallLogFixture.awaitMarks(() ->
                assertThat(c.entry(c.bob, c.denTalk, c.joined(0)).mentions()).isEqualTo(1));
    }

    private static ChatEvent.Message mentioning(CallLogFixture c, UserId author, UserId... users) {
        return ChatEvent.Message.from(author)
                .in(c.den)
                .text("hi")
                .mentions(List.of(users))
                .build();
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
