package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a user's list shows the rooms of the given memberships between the 1:1 conversations. */
interface CallLogRoomsContract {
    @Test
    default void a_message_in_a_room_is_there_on_every_node(CallLogFixture c) {
        ChatEvent.Message message = c.say(c.alice, "hello all", 1);
        LoggedMessage logged = new LoggedMessage(message, c.at(1), MessageStatus.SENT);

        assertThat(c.messages(c.denTalk)).containsExactly(logged);
        assertThat(StageResults.await(c.other.messages(c.denTalk, c.bob, HistoryRange.newest(9))))
                .containsExactly(logged);
        assertThat(StageResults.await(c.other.find(c.denTalk, c.alice, message.id())))
                .contains(logged);
        assertThat(c.entry(c.bob, c.denTalk, c.joined(0)).last()).isEqualTo(logged);
    }

    @Test
    default void a_message_in_a_room_is_in_no_1_to_1_conversation(CallLogFixture c) {
        c.say(c.alice, "hello all", 1);

        assertThat(c.conversations(c.alice)).isEmpty();
        assertThat(c.messages(ConversationId.direct(c.alice, c.alice))).isEmpty();
    }

    @Test
    default void G12_a_room_without_a_membership_is_not_listed(CallLogFixture c) {
        c.say(c.alice, "in the den", 1);
        c.say(c.room("attic"), c.alice, "in the attic", 2);

        List<ConversationEntry> bobs = CallLogFixture.conversations(c.other, c.bob, List.of(c.joined(0)), 9);
        assertThat(bobs).extracting(ConversationEntry::id).containsExactly(c.denTalk);
    }

    @Test
    default void a_room_without_messages_is_not_listed(CallLogFixture c) {
        c.say(c.alice, "in the den", 1);
        List<Membership> rooms = List.of(c.joined(c.room("attic"), 0), c.joined(0));

        assertThat(CallLogFixture.conversations(c.other, c.bob, rooms, 9))
                .extracting(ConversationEntry::id)
                .containsExactly(c.denTalk);
    }

    @Test
    default void rooms_and_1_to_1_conversations_are_listed_by_their_latest_messages(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.say(c.carol, "two", 2);
        c.log(c.carol, c.alice, "three", 3);
        ConversationId carols = ConversationId.direct(c.alice, c.carol);
        List<Membership> rooms = List.of(c.joined(0));

        assertThat(CallLogFixture.conversations(c.other, c.alice, rooms, 9))
                .extracting(ConversationEntry::id)
                .containsExactly(carols, c.denTalk, c.talk);
        c.say(c.alice, "four", 4);
        assertThat(CallLogFixture.conversations(c.other, c.alice, rooms, 9))
                .extracting(ConversationEntry::id)
                .containsExactly(c.denTalk, carols, c.talk);
    }

    @Test
    default void pages_go_over_rooms_and_1_to_1_conversations(CallLogFixture c) {
        List<ConversationId> newestFirst = new ArrayList<>();
        List<Membership> rooms = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            if (i % 3 == 1) {
                UserId peer = c.user("peer" + i);
                c.log(peer, c.alice, "text", i);
                newestFirst.add(0, ConversationId.direct(peer, c.alice));
            } else {
                RoomId room = c.room("room" + i);
                c.say(room, c.bob, "text", i);
                rooms.add(c.joined(room, 0));
                newestFirst.add(0, ConversationId.room(room));
            }
        }

        for (int limit : List.of(1, 2, 5, 13, 14, 15)) {
            assertThat(CallLogFixture.conversations(c.other, c.alice, rooms, limit))
                    .as("in pages of %s", limit)
                    .extracting(ConversationEntry::id)
                    .containsExactlyElementsOf(newestFirst);
        }
    }

    @Test
    default void rooms_and_1_to_1_conversations_of_the_same_millisecond_are_all_listed(CallLogFixture c) {
        List<Membership> rooms = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            c.log(c.user("peer" + i), c.alice, "text", 1);
            c.say(c.room("room" + i), c.bob, "text", 1);
            rooms.add(c.joined(c.room("room" + i), 0));
        }

        assertThat(CallLogFixture.conversations(c.other, c.alice, rooms, 3))
                .extracting(ConversationEntry::id)
                .hasSize(8)
                .doesNotHaveDuplicates();
    }

    @Test
    default void many_members_write_in_a_room_at_once(CallLogFixture c) {
        ConcurrentCalls.run(6, i -> {
            for (int n = 0; n < 20; n++) {
                c.say(c.user("user" + i), "text " + n, n * 10L + i);
            }
            return i;
        });

        assertThat(c.messages(c.denTalk))
                .hasSize(120)
                .extracting(LoggedMessage::storedAt)
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(c.entry(c.bob, c.denTalk, c.joined(0)).last().message().text())
                .isEqualTo("text 19");
    }
}
