package io.webchat.core.internal.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PageCursorsTest {
    private static final MessagePosition MESSAGE = new MessagePosition(5, UserId.of("alice"), MessageId.of("m-1"));
    private static final ConversationPosition CONVERSATION =
            new ConversationPosition(7, ConversationId.direct(UserId.of("alice"), UserId.of("bob")));

    @Test
    void a_cursor_is_decoded_to_its_position() {
        assertThat(PageCursors.messagePosition(PageCursors.of(MESSAGE))).isEqualTo(MESSAGE);
        assertThat(PageCursors.conversationPosition(PageCursors.of(CONVERSATION)))
                .isEqualTo(CONVERSATION);
        assertThat(PageCursors.messagePosition("")).isNull();
        assertThat(PageCursors.conversationPosition("")).isNull();
    }

    static List<String> invalid() {
        return List.of(
                " ",
                "?",
                "null",
                "0",
                "-1",
                "9223372036854775808",
                "not a cursor",
                "%00",
                "\u0000",
                "한글",
                "👋",
                "\ud800",
                "../../etc/passwd",
                "{\"pk\":\"C#x\"}",
                "A".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void G13_an_invalid_cursor_is_refused(String cursor) {
        assertThatThrownBy(() -> PageCursors.messagePosition(cursor)).isInstanceOf(ChatException.class);
        assertThatThrownBy(() -> PageCursors.conversationPosition(cursor)).isInstanceOf(ChatException.class);
    }

    @Test
    void G13_each_kind_of_cursor_is_refused_instead_of_the_other() {
        assertThatThrownBy(() -> PageCursors.messagePosition(PageCursors.of(CONVERSATION)))
                .hasMessageContaining("not valid");
        assertThatThrownBy(() -> PageCursors.conversationPosition(PageCursors.of(MESSAGE)))
                .hasMessageContaining("not valid");
    }

    @Test
    void G13_a_damaged_cursor_is_refused_or_gives_a_position() {
        Random random = new Random(20_200_524);
        String good = PageCursors.of(MESSAGE);

        List<Object> outcomes = IntStream.range(0, 2_000)
                .mapToObj(i -> damage(good, random))
                .map(PageCursorsTest::outcome)
                .toList();

        assertThat(outcomes).hasAtLeastOneElementOfType(ChatException.class);
        assertThat(Stream.of(good)).allSatisfy(each -> assertThat(outcome(each)).isEqualTo(MESSAGE));
    }

    /** Returns the position or the refusal; any other failure ends the test. */
    private static Object outcome(String cursor) {
        try {
            MessagePosition position = PageCursors.messagePosition(cursor);
            return position == null ? "the start" : position;
        } catch (ChatException refusal) {
            return refusal;
        }
    }

    private static String damage(String cursor, Random random) {
        int at = random.nextInt(cursor.length());
        char any = (char) (33 + random.nextInt(94));
        return switch (random.nextInt(5)) {
            case 0 -> cursor.substring(0, at);
            case 1 -> cursor.substring(at);
            case 2 -> cursor.substring(0, at) + any + cursor.substring(at);
            case 3 -> cursor.substring(0, at) + any + cursor.substring(at + 1);
            default -> cursor + any;
        };
    }
}
