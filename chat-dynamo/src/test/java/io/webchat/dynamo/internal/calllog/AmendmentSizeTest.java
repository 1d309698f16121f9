package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.Reaction;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.dynamo.LogNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An edit that does not fit into an item beside the reactions is refused before DynamoDB refuses it. */
final class AmendmentSizeTest {
    private static final long START = 1_700_000_000_000L;

    @Test
    void G18_an_edit_counts_the_reactions_to_its_message() {
        try (LogNode node = new LogNode(each -> each)) {
            ChatEvent.Message message = ChatEvent.message(node.alice, node.bob, "text");
            LogNode.await(node.append(message, START));
            // JSON needs six bytes for each of these characters.
            Amendment largest = Amendment.by(node.alice)
                    .of(message)
                    .edit(MessageContent.text("\u0001".repeat(MessageItems.MAX_TEXT)));

            assertThat(LogNode.failure(node.log.amend(withReactions(message, 400), largest, START + 1)))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(LogNode.await(node.log.amend(withReactions(message, 100), largest, START + 1)))
                    .isEqualTo(AmendmentOutcome.AMENDED);
        }
    }

    private static LoggedMessage withReactions(ChatEvent.Message message, int count) {
        Reaction reaction = new Reaction("x".repeat(Amendment.MAX_REACTION_BYTES), count, List.of());
        return new LoggedMessage(message, START, MessageStatus.SENT, 0, List.of(reaction));
    }
}
