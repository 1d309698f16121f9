package io.webchat.core.engine;

import io.webchat.core.CallLogs;
import io.webchat.core.Chat;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageStatus;
import io.webchat.core.UserId;
import io.webchat.core.spi.QueueLimits;
import java.util.List;

/**
 * The engine's tests, on the in-memory adapters. They ship as chat-core's test-jar beside the contract suites: a test
 * class of another adapter extends each of them and says on which backends it runs.
 */
public abstract class EngineSuite {
    /** The backends of one test, with these limits. */
    protected EngineBackends backends(QueueLimits limits) {
        return new MemoryBackends(limits);
    }

    final Cluster cluster() {
        return cluster(QueueLimits.DEFAULT);
    }

    final Cluster cluster(QueueLimits limits) {
        return new Cluster(backends(limits));
    }

    /** How far alice's messages to bob have come, and his to her, as she sees them: the latest first. */
    static List<MessageStatus> statusesOfAliceAndBob(Chat node) {
        UserId alice = UserId.of("alice");
        ConversationId conversation = ConversationId.direct(alice, UserId.of("bob"));
        return TestClient.join(node.callLogs().messages(alice, conversation, CallLogs.MAX_LIMIT, "")).items().stream()
                .map(LoggedMessage::status)
                .toList();
    }
}
