package io.webchat.core.engine;

import io.webchat.core.Chat;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.List;

/** The 1:1 conversation of alice and bob, and its history as alice sees it. */
public final class TestConversation {
    /** One of its two users. */
    public static final UserId ALICE = UserId.of("alice");

    /** The other one. */
    public static final UserId BOB = UserId.of("bob");

    /** Its id. */
    public static final ConversationId ID = ConversationId.direct(ALICE, BOB);

    private TestConversation() {}

    /** Returns its messages, newest first. */
    public static List<LoggedMessage> history(Chat node) {
        return TestClient.join(node.callLogs().messages(ALICE, ID, CallLogs.MAX_LIMIT, ""))
                .items();
    }

    /** Returns the statuses of its messages, newest first. */
    public static List<MessageStatus> statuses(Chat node) {
        return history(node).stream().map(LoggedMessage::status).toList();
    }
}
