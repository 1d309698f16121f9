package io.webchat.core.internal.send;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.calllog.ContentDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether a message that is refused now was stored before, perhaps by another node. Its author must get the
 * first answer again, whatever others have changed in the room meanwhile.
 */
final class ResendCheck {
    private static final Duration WINDOW = Duration.ofHours(24);

    private final BackendCalls backends;

    ResendCheck(BackendCalls backends) {
        this.backends = backends;
    }

    /** Completes if the message was stored before; fails with the refusal otherwise. */
    CompletableFuture<Void> orFailure(ChatEvent.Message sent, Throwable refusal) {
        return isStored(sent)
                .exceptionally(failure -> false)
                .thenCompose(stored ->
                        stored ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(refusal));
    }

    private CompletableFuture<Boolean> isStored(ChatEvent.Message sent) {
        ConversationId conversation = sent.conversation();
        List<MessageRef> reference = List.of(new MessageRef(sent.from(), sent.id()));
        // First the cheap look-up: anybody can send any number of messages that are refused.
        return backends.callLog("quoted", log -> log.quoted(conversation, sent.from(), reference))
                .thenCompose(found ->
                        found.isEmpty() ? CompletableFuture.completedFuture(false) : isRecent(conversation, sent));
    }

    private CompletableFuture<Boolean> isRecent(ConversationId conversation, ChatEvent.Message sent) {
        long oldest = System.currentTimeMillis() - WINDOW.toMillis();
        return backends.find(conversation, sent.from(), sent.id())
                .thenApply(found -> found.filter(each -> each.storedAt() >= oldest)
                        .filter(each -> ContentDigest.of(each.message()).equals(ContentDigest.of(sent)))
                        .isPresent());
    }
}
