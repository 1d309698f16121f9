package io.webchat.core.engine.amend;

import static io.webchat.core.testing.TestClient.join;

import io.webchat.core.SendResult;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;

/** Makes amendments of messages in tests, and sends them. */
final class TestAmendments {
    private TestAmendments() {}

    /** Begins an amendment by this client of a message in the 1:1 conversation with this user. */
    static AmendmentBuilder with(TestClient by, String peer, String id, String author, String message) {
        return begin(by, id, author, message).to(UserId.of(peer));
    }

    /** Begins an amendment by this client of a message in this room. */
    static AmendmentBuilder in(TestClient by, String room, String id, String author, String message) {
        return begin(by, id, author, message).in(RoomId.of(room));
    }

    private static AmendmentBuilder begin(TestClient by, String id, String author, String message) {
        return Amendment.by(by.session().user())
                .about(new MessageRef(UserId.of(author), MessageId.of(message)))
                .id(MessageId.of(id));
    }

    /** Edits an own message to the peer. */
    static SendResult edit(TestClient by, String peer, String id, String message, String text) {
        String me = by.session().user().value();
        return send(by, with(by, peer, id, me, message).edit(MessageContent.text(text)));
    }

    /** Deletes an own message to the peer. */
    static SendResult delete(TestClient by, String peer, String id, String message) {
        return send(by, with(by, peer, id, by.session().user().value(), message).delete());
    }

    static SendResult send(TestClient by, Amendment amendment) {
        return join(by.session().send(amendment));
    }
}
