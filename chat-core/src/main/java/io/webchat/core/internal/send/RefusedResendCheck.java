package io.webchat.core.internal.send;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.calllog.ContentDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether a message that is refused now was stored before, perhaps by another node. Its author must get the
 * first answer again, whatever others have changed in the room meanwhile.
 */
final class RefusedResendCheck {
    private static final Duration WINDOW = Duration.ofHours(24);

    private final BackendCalls backends;

    RefusedResendCheck(BackendCalls backends) {
        this.backends = backends;
    }

    /** Returns the message as it was stored before, or as it was sent if it was deleted since; fails otherwise. */
    CompletableFuture<ChatEvent.Message> storedOr(ChatEvent.Message sent, Throwable refusal) {
        return find(sent)
                .exceptionally(failure -> Optional.empty())
                .thenCompose(found -> found.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(refusal)));
    }

    private CompletableFuture<Optional<ChatEvent.Message>> find(ChatEvent.Message sent) {
        ConversationId conversation = sent.conversation();
        List<MessageRef> reference = List.of(new MessageRef(sent.from(), sent.id()));
        // First the cheap look-up: anybody can send any number of messages that are refused.
        return backends.callLog("quoted", log -> log.quoted(conversation, sent.from(), reference))
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : findRecent(conversation, sent));
    }

    private CompletableFuture<Optional<ChatEvent.Message>> findRecent(
            ConversationId conversation, ChatEvent.Message sent) {
        long oldest = System.currentTimeMillis() - WINDOW.toMillis();
        return backends.find(conversation, sent.from(), sent.id())
                .thenApply(found -> found.filter(each -> each.storedAt() >= oldest)
                        .map(LoggedMessage::message)
                        .flatMap(stored -> resent(sent, stored)));
    }

    private static Optional<ChatEvent.Message> resent(ChatEvent.Message sent, ChatEvent.Message stored) {
        if (stored.deletion() != null) {
            return Optional.of(sent);
        }
        return ContentDigest.of(stored).equals(ContentDigest.of(sent))
                ? Optional.of(sent.withContent(stored.content()).withSentDigest(stored.sentDigest()))
                : Optional.empty();
    }
}
