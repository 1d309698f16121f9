package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DELIVERED;
import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.Watermarks;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.ReaderMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proves that a call log with {@link ReaderMarks} tells how far each of several users has read. */
interface CallLogReaderContract {
    private static Map<UserId, Watermarks> received(CallLogFixture c, List<UserId> users) {
        Assumptions.assumeTrue(c.other instanceof ReaderMarks, "this call log does not tell them");
        return StageResults.await(((ReaderMarks) c.other).received(c.denTalk, users));
    }

    @Test
    default void each_user_has_their_own_marks(CallLogFixture c) {
        c.say(c.alice, "one", 1);
        c.say(c.alice, "two", 2);
        c.markDen(c.alice, c.bob, DISPLAYED, 1);
        c.markDen(c.alice, c.bob, DELIVERED, 2);
        c.markDen(c.alice, c.carol, DELIVERED, 1);

        CallLogFixture.awaitMarks(() -> assertThat(received(c, List.of(c.alice, c.bob, c.carol)))
                .isEqualTo(Map.of(
                        c.alice, Watermarks.NONE,
                        c.bob, new Watermarks(c.end(2), c.end(1)),
                        c.carol, new Watermarks(c.end(1), null))));
    }

    @Test
    default void a_user_or_a_conversation_without_marks_has_none(CallLogFixture c) {
        assertThat(received(c, List.of(c.bob))).isEqualTo(Map.of(c.bob, Watermarks.NONE));
        assertThat(received(c, List.of())).isEmpty();
    }

    @Test
    default void the_marks_of_many_users_are_told_at_once(CallLogFixture c) {
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            users.add(c.user("reader" + i));
        }
        c.say(c.alice, "one", 1);
        c.markDen(c.alice, users.get(7), DISPLAYED, 1);
        c.markDen(c.alice, users.get(190), DISPLAYED, 1);

        CallLogFixture.awaitMarks(() -> assertThat(received(c, users))
                .hasSize(200)
                .containsEntry(users.get(7), new Watermarks(c.end(1), c.end(1)))
                .containsEntry(users.get(190), new Watermarks(c.end(1), c.end(1)))
                .containsEntry(users.get(8), Watermarks.NONE));
    }
}
