package io.webchat.core.internal.policy;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.calllog.ContentDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the form in which an earlier attempt stored a message or an amendment. A resend may be judged in another way
 * than that attempt, and everybody must get one text.
 */
public final class StoredForms {
    /** Queues recognise resends for a day. */
    private static final Duration WINDOW = Duration.ofHours(24);

    private final BackendCalls backends;

    /** Looks into these backends. */
    public StoredForms(BackendCalls backends) {
        this.backends = backends;
    }

    /**
     * Returns a message that is refused now as the call log has it, perhaps from another node: its author must get the
     * first answer again. If it was deleted since, it has no content. Fails with the refusal otherwise.
     */
    public CompletableFuture<ChatEvent.Message> loggedOr(ChatEvent.Message sent, Throwable refusal) {
        return presentOr(recent(sent), refusal);
    }

    /** Returns an amendment that is refused now as {@link #loggedOr(ChatEvent.Message, Throwable)} does. */
    public CompletableFuture<Amendment> loggedOr(Amendment sent, Throwable refusal) {
        return presentOr(logged(sent), refusal);
    }

    private static <E> CompletableFuture<E> presentOr(CompletableFuture<Optional<E>> found, Throwable refusal) {
        return found.exceptionally(failure -> Optional.empty())
                .thenCompose(each -> each.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(refusal)));
    }

    /** Returns a message as this queue has it, else as the call log has it, else as it is given. */
    CompletableFuture<ChatEvent.Message> of(UserId owner, long seq, ChatEvent.Message judged) {
        return queued(owner, seq, judged)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : backends.find(judged.conversation(), judged.from(), judged.id())
                                .thenApply(logged -> logged.map(LoggedMessage::message)))
                .thenApply(
                        found -> found.map(each -> with(judged, each.content())).orElse(judged));
    }

    /** Returns an edit as the queue of its user has it, else as the call log has it, else as it is given. */
    CompletableFuture<Amendment> of(long seq, Amendment judged) {
        return queued(judged.from(), seq, judged)
                .thenCompose(found -> found.isPresent() ? CompletableFuture.completedFuture(found) : logged(judged))
                .thenApply(found -> found.map(each -> with(judged, ((Amendment.Edit) each.change()).content()))
                        .orElse(judged));
    }

    /** The same event in this queue. */
    private <E extends LoggedEvent> CompletableFuture<Optional<E>> queued(UserId owner, long seq, E event) {
        if (seq == 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        @SuppressWarnings("unchecked") // an event of the same kind
        Class<E> kind = (Class<E>) event.getClass();
        return backends.read(owner, seq - 1, 1)
                .thenApply(slice -> slice.events().stream()
                        .map(Envelope::event)
                        .filter(each -> each.kind() == event.kind())
                        .map(kind::cast)
                        .filter(each ->
                                each.id().equals(event.id()) && each.from().equals(event.from()))
                        .findFirst());
    }

    private CompletableFuture<Optional<ChatEvent.Message>> recent(ChatEvent.Message sent) {
        ConversationId conversation = sent.conversation();
        List<MessageRef> reference = List.of(new MessageRef(sent.from(), sent.id()));
        long oldest = oldest();
        // First the cheap look-up: anybody can send any number of messages that are refused.
        return backends.callLog("quoted", log -> log.quoted(conversation, sent.from(), reference))
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.<LoggedMessage>empty())
                        : backends.find(conversation, sent.from(), sent.id()))
                .thenApply(found -> found.filter(each -> each.storedAt() >= oldest)
                        .map(LoggedMessage::message)
                        .filter(each -> each.deletion() != null
                                || ContentDigest.of(each).equals(ContentDigest.of(sent)))
                        .map(each -> with(sent, each.content())));
    }

    /** The amendment if the call log has it. A deletion or a reaction is the same in every form. */
    private CompletableFuture<Optional<Amendment>> logged(Amendment sent) {
        return backends.timeOf(sent, oldest())
                .thenCompose(time -> time.isPresent() && sent.change() instanceof Amendment.Edit
                        ? edited(sent, time.get())
                        : CompletableFuture.completedFuture(time.map(each -> sent)));
    }

    /**
     * The edit with the content that its message has now. The call log does not keep the contents of older edits; with
     * the newest one an older edit changes nothing for anybody.
     */
    private CompletableFuture<Optional<Amendment>> edited(Amendment edit, long time) {
        MessageRef about = edit.about();
        return backends.find(edit.conversation(), about.from(), about.id())
                .thenApply(found -> found.filter(each -> each.editedAt() >= time)
                        .map(each -> with(edit, each.message().content())));
    }

    private static long oldest() {
        return System.currentTimeMillis() - WINDOW.toMillis();
    }

    /** Returns a message with this content, which is still recognised as what its author sent. */
    public static ChatEvent.Message with(ChatEvent.Message sent, MessageContent content) {
        return content.equals(sent.content()) ? sent : sent.withContent(content).withSentDigest(ContentDigest.of(sent));
    }

    /** Returns an edit with this content, which is still recognised as what its author sent. */
    static Amendment with(Amendment sent, MessageContent content) {
        Amendment.Edit edit = new Amendment.Edit(content);
        return edit.equals(sent.change()) ? sent : sent.withChange(edit).withSentDigest(ContentDigest.of(sent));
    }
}
