package io.webchat.core.contract.queue;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.List;

/** Makes amendments of the messages in a queue, and reads what a queue has. */
final class QueueAmendments {
    private QueueAmendments() {}

    /** Begins an amendment by this user. */
    static AmendmentBuilder by(UserId user, ChatEvent.Message message, String id) {
        return Amendment.by(user).of(message).id(MessageId.of(id)).timestamp(1);
    }

    /** An edit by the author. */
    static Amendment edit(ChatEvent.Message message, String id, String text) {
        return by(message.from(), message, id).edit(MessageContent.text(text));
    }

    /** A deletion by the author. */
    static Amendment deletion(ChatEvent.Message message, String id) {
        return by(message.from(), message, id).delete();
    }

    /** All events in Bob's queue, as another node reads them. */
    static List<ChatEvent> events(QueueFixture q) {
        return StageResults.await(q.other().read(q.bob, 0, 2000)).events().stream()
                .map(Envelope::event)
                .toList();
    }
}
