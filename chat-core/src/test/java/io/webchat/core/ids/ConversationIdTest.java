package io.webchat.core.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of a conversation names a pair of users or a room. */
final class ConversationIdTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    @Test
    void a_pair_has_one_conversation_in_either_order() {
        ConversationId id = ConversationId.direct(BOB, ALICE);

        assertThat(id).isEqualTo(ConversationId.direct(ALICE, BOB)).hasToString("alice~bob");
        assertThat(id.isDirect()).isTrue();
        assertThat(id.users()).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void a_conversation_with_oneself_has_one_user() {
        ConversationId id = ConversationId.direct(ALICE, ALICE);

        assertThat(id).hasToString("alice~alice");
        assertThat(id.users()).containsExactly(ALICE);
    }

    @Test
    void a_room_is_not_a_pair() {
        ConversationId id = ConversationId.room(RoomId.of("friends"));

        assertThat(id).hasToString("~friends");
        assertThat(id.isDirect()).isFalse();
        assertThat(id.users()).isEmpty();
    }

    @Test
    void messages_and_receipts_belong_to_the_same_conversation() {
        ChatEvent.Message message = ChatEvent.message(BOB, ALICE, "hello");
        ChatEvent.Receipt receipt = ChatEvent.delivery(ALICE, BOB, message.id());

        assertThat(receipt.conversation()).isEqualTo(message.conversation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice~bob", "alice~alice", "1~2", "10~9", "A~a", "~friends", "a|b:c~d@e.f"})
    void a_valid_text_is_decoded(String text) {
        assertThat(ConversationId.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "~", "alice", "bob~alice", "alice~", "alice~bob~carol", "~~", "~a~b", "~a b", " ~a", "a~ "})
    void G13_an_invalid_text_is_refused(String text) {
        assertThatThrownBy(() -> ConversationId.of(text))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
