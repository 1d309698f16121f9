package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.SendPipeline;
import java.util.concurrent.CompletableFuture;

/**
 * Stores receipts of readers who have no session.
 *
 * @param backends the backends
 * @param pipeline stores and publishes the receipts
 */
record DisplayedMessages(BackendCalls backends, SendPipeline pipeline) {
    /** A device that no user has, so that all of the reader's devices hear of it. */
    private static final DeviceId DEVICE = DeviceId.of(".server");

    /** The reader, who is in the conversation, has seen the message. */
    CompletableFuture<Void> add(UserId reader, ConversationId conversation, MessageRef message) {
        return backends.find(conversation, message.from(), message.id()).thenCompose(found -> {
            LoggedMessage logged = found.filter(each -> !each.message().from().equals(reader))
                    .orElseThrow(() -> new ChatException(
                            ErrorCode.NOT_FOUND, "there is no such message to you in this conversation"));
            ChatEvent.Receipt receipt = ChatEvent.display(reader, message.from(), message.id())
                    .in(logged.message().room())
                    .copyFrom(DEVICE);
            return pipeline.appendReceipt(receipt)
                    .thenCompose(outcome -> pipeline.settleReceipt(receipt, outcome, null, logged.position()))
                    .thenApply(done -> null);
        });
    }
}
