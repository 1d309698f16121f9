package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a user's conversations come in pages, the conversation with the latest message first. */
interface CallLogConversationsContract {
    private static UserId peer(CallLogFixture c, int i) {
        return c.user("peer" + i);
    }

    private static List<ConversationId> ids(List<ConversationEntry> entries) {
        return entries.stream().map(ConversationEntry::id).toList();
    }

    /** Alice's conversations with the peers of these numbers. */
    private static List<ConversationId> with(CallLogFixture c, IntStream peers) {
        return peers.mapToObj(i -> ConversationId.direct(c.alice, peer(c, i))).toList();
    }

    private static IntStream down(int end) {
        return IntStream.range(0, end).map(i -> end - 1 - i);
    }

    private static void logPeers(CallLogFixture c, int end) {
        for (int i = 0; i < end; i++) {
            c.log(i % 2 == 0 ? c.alice : peer(c, i), i % 2 == 0 ? peer(c, i) : c.alice, "text " + i, i);
        }
    }

    @Test
    default void a_user_without_conversations_has_an_empty_last_page(CallLogFixture c) {
        assertThat(c.conversations(c.alice)).isEmpty();
    }

    @Test
    default void the_conversation_with_the_latest_message_comes_first(CallLogFixture c) {
        logPeers(c, 4);
        assertThat(ids(c.conversations(c.alice))).isEqualTo(with(c, down(4)));

        c.log(peer(c, 1), c.alice, "again", 10);
        assertThat(ids(c.conversations(c.alice))).isEqualTo(with(c, IntStream.of(1, 3, 2, 0)));
    }

    @Test
    default void an_entry_holds_the_latest_message_alone(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 1);
        c.log(c.bob, c.alice, "two", 2);
        c.log(c.alice, c.bob, "three", 3);

        assertThat(c.conversations(c.alice))
                .extracting(each -> each.last().message().text())
                .containsExactly("three");
    }

    @Test
    default void G12_a_user_sees_their_own_conversations_only(CallLogFixture c) {
        c.log(c.alice, c.bob, "to bob", 1);
        c.log(c.bob, c.carol, "to carol", 2);

        assertThat(ids(c.conversations(c.alice))).containsExactly(c.talk);
        assertThat(ids(c.conversations(c.bob))).containsExactly(ConversationId.direct(c.bob, c.carol), c.talk);
        assertThat(ids(c.conversations(c.carol))).containsExactly(ConversationId.direct(c.bob, c.carol));
    }

    @Test
    default void pages_follow_each_other_without_loss_or_repetition_of_conversations(CallLogFixture c) {
        logPeers(c, 13);

        for (int limit : List.of(1, 4, 12, 13, 14)) {
            assertThat(ids(CallLogFixture.conversations(c.other, c.alice, limit)))
                    .as("in pages of %s", limit)
                    .isEqualTo(with(c, down(13)));
        }
    }

    @Test
    default void conversations_that_go_on_in_another_order_are_paged_in_the_order_of_their_last_messages(
            CallLogFixture c) {
        logPeers(c, 30);
        // Each number once; all within a minute, then some of them within the next ones.
        IntStream.range(0, 30).forEach(i -> c.log(peer(c, i * 7 % 30), c.alice, "more", 1_000 + i * 1_000L));
        IntStream.range(0, 10).forEach(i -> c.log(c.alice, peer(c, i * 3), "late", 40_000 + i * 15_000L));
        List<ConversationId> order =
                new ArrayList<>(with(c, IntStream.range(0, 10).map(i -> (9 - i) * 3)));
        with(c, down(30).map(i -> i * 7 % 30)).stream()
                .filter(each -> !order.contains(each))
                .forEach(order::add);

        for (int limit : List.of(1, 7, 40)) {
            assertThat(ids(CallLogFixture.conversations(c.other, c.alice, limit)))
                    .as("in pages of %s", limit)
                    .isEqualTo(order);
        }
    }

    @Test
    default void conversations_of_the_same_millisecond_are_neither_lost_nor_repeated(CallLogFixture c) {
        for (int i = 0; i < 7; i++) {
            c.log(peer(c, i), c.alice, "text", 1);
        }

        assertThat(ids(CallLogFixture.conversations(c.node, c.alice, 2)))
                .containsExactlyInAnyOrderElementsOf(with(c, IntStream.range(0, 7)));
    }

    @Test
    default void a_new_message_while_paging_loses_no_other_conversation(CallLogFixture c) {
        logPeers(c, 12);
        List<ConversationId> seen = new ArrayList<>();
        ConversationPosition before = null;
        for (int moved = 0; moved < 25; moved += 5) {
            List<ConversationEntry> page = StageResults.await(c.node.conversations(c.alice, List.of(), before, 3));
            seen.addAll(ids(page));
            before = page.isEmpty() ? before : page.get(page.size() - 1).position();
            // The one that moves to the front may be missed or seen again, all the others come.
            c.log(peer(c, moved % 12), c.alice, "moved", 100 + moved);
        }

        assertThat(seen).containsSubsequence(with(c, down(12).filter(i -> i % 5 != 0)));
    }

    @Test
    default void many_users_write_at_once_and_each_conversation_is_listed(CallLogFixture c) {
        ConcurrentCalls.run(6, i -> {
            for (int n = 0; n < 20; n++) {
                ChatEvent.Message message = ChatEvent.message(peer(c, i), c.alice, "text " + n);
                StageResults.await(c.node(i).append(message.conversation(), message, c.at(n * 10L + i)));
            }
            return i;
        });

        assertThat(ids(c.conversations(c.alice))).isEqualTo(with(c, down(6)));
        assertThat(c.conversations(c.alice))
                .extracting(each -> each.last().message().text())
                .containsOnly("text 19");
    }
}
