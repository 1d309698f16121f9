package io.webchat.core.internal.policy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Proposal;
import io.webchat.core.policy.Verdict;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.support.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks the message policies of the application, in their order. Recognises resends of messages that they judged. */
public final class MessageJudge {
    private static final long MEMORY_BYTES = 16L << 20;
    /** A message that was refused now, and stored in this time before, is a resend of an accepted message. */
    private static final Duration RESEND_WINDOW = Duration.ofHours(24);

    private final List<MessagePolicy> policies;
    private final PolicyCalls calls;
    private final BackendCalls backends;
    private final Predicate<MessageContent> fits;
    private final VerdictMemory accepted = new VerdictMemory(MEMORY_BYTES, System::nanoTime);

    /**
     * A judge for these policies.
     *
     * @param fits whether a content is within the limits
     */
    public MessageJudge(
            List<MessagePolicy> policies, PolicyCalls calls, BackendCalls backends, Predicate<MessageContent> fits) {
        this.policies = List.copyOf(policies);
        this.calls = calls;
        this.backends = backends;
        this.fits = fits;
    }

    /** Whether there are policies. Without one, every message is accepted as it is. */
    public boolean hasPolicies() {
        return !policies.isEmpty();
    }

    /**
     * Judges a message.
     *
     * @return the message to send, which remembers the content that its author sent. Fails with {@code rejected}, and
     *     with {@code unavailable} if a policy fails
     */
    public CompletableFuture<ChatEvent.Message> judge(Proposal proposal, ChatEvent.Message sent) {
        ChatEvent.Message known = accepted.find(sent);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : calls.call(() -> ask(proposal, 0))
                        .thenApply(verdict -> accepted(sent, verdict))
                        .exceptionallyCompose(failure -> acceptedBefore(sent, Failures.unwrap(failure)));
    }

    /** Judges a signal; fails as {@link #judge(Proposal, ChatEvent.Message)} does. */
    public CompletableFuture<Void> judgeSignal(Proposal proposal) {
        return calls.call(() -> ask(proposal, 0)).thenAccept(verdict -> {
            if (verdict instanceof Verdict.Refused refused) {
                throw new ChatException(ErrorCode.REJECTED, refused.detail());
            }
        });
    }

    /**
     * Judges an edit or a reaction.
     *
     * @return the amendment to send, which remembers what its user sent. Fails as {@link #judge(Proposal,
     *     ChatEvent.Message)} does
     */
    public CompletableFuture<Amendment> judge(Proposal proposal, Amendment sent) {
        return calls.call(() -> ask(proposal, 0))
                .thenApply(verdict -> accepted(sent, verdict))
                .exceptionallyCompose(refusal -> amendedBefore(sent, Failures.unwrap(refusal)));
    }

    private static Amendment accepted(Amendment sent, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            throw new ChatException(ErrorCode.REJECTED, refused.detail());
        }
        if (verdict instanceof Verdict.Replaced last && last.event() instanceof Amendment judged) {
            return judged.equals(sent) ? sent : judged.withSentDigest(ContentDigest.of(sent));
        }
        throw new IllegalStateException("the last policy left no amendment");
    }

    /** Returns the amendment if it was accepted before, perhaps by another node: its user must not hear otherwise. */
    private CompletableFuture<Amendment> amendedBefore(Amendment sent, Throwable refusal) {
        long oldest = System.currentTimeMillis() - RESEND_WINDOW.toMillis();
        return backends.timeOf(sent, oldest)
                .handle((found, failure) -> found != null && found.isPresent())
                .thenCompose(known ->
                        known ? CompletableFuture.completedFuture(sent) : CompletableFuture.failedFuture(refusal));
    }

    private CompletionStage<Verdict> ask(Proposal proposal, int index) {
        if (index == policies.size()) {
            return CompletableFuture.completedFuture(Verdict.replace(proposal.event()));
        }
        return policies.get(index)
                .judge(proposal)
                .thenComposeAsync(
                        verdict -> verdict instanceof Verdict.Refused
                                ? CompletableFuture.completedFuture(verdict)
                                : ask(judged(proposal, verdict), index + 1),
                        calls.threads());
    }

    private Proposal judged(Proposal proposal, @Nullable Verdict verdict) {
        if (verdict instanceof Verdict.Replaced other) {
            return replaced(proposal, other);
        }
        if (verdict instanceof Verdict.Accepted) {
            return proposal;
        }
        throw new IllegalStateException("a policy gave no verdict");
    }

    private Proposal replaced(Proposal proposal, Verdict.Replaced other) {
        if (proposal.event() instanceof ChatEvent.Signal signal && signal.equals(other.event())) {
            return proposal;
        }
        if (proposal.event() instanceof Amendment before && other.event() instanceof Amendment after) {
            return proposal.with(checked(before, after));
        }
        if (!(proposal.event() instanceof ChatEvent.Message before)
                || !(other.event() instanceof ChatEvent.Message after)
                || !before.withContent(after.content()).equals(after)) {
            throw new IllegalStateException("a policy replaced more than the content of a message");
        }
        if (!fits.test(after.content())) {
            throw new IllegalStateException("a policy replaced a content by one that is empty, malformed or too long");
        }
        return proposal.with(after);
    }

    private Amendment checked(Amendment before, Amendment after) {
        boolean sameButContent = before.change() instanceof Amendment.Edit
                && after.change() instanceof Amendment.Edit
                && before.withChange(after.change()).equals(after);
        if (!sameButContent && !before.equals(after)) {
            throw new IllegalStateException("a policy replaced more than the content of an edit");
        }
        if (after.change() instanceof Amendment.Edit edit && !fits.test(edit.content())) {
            throw new IllegalStateException("a policy replaced a content by one that is empty, malformed or too long");
        }
        return after;
    }

    private ChatEvent.Message accepted(ChatEvent.Message sent, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            throw new ChatException(ErrorCode.REJECTED, refused.detail());
        }
        if (verdict instanceof Verdict.Replaced last && last.event() instanceof ChatEvent.Message message) {
            return accepted.remember(sent, message.content());
        }
        throw new IllegalStateException("the last policy left no message");
    }

    private CompletableFuture<ChatEvent.Message> acceptedBefore(ChatEvent.Message sent, Throwable refusal) {
        return findLogged(sent)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found.get())
                        : CompletableFuture.failedFuture(refusal));
    }

    /** Returns the message if it was accepted before, perhaps by another node: its author must not hear otherwise. */
    private CompletableFuture<Optional<ChatEvent.Message>> findLogged(ChatEvent.Message sent) {
        long oldest = System.currentTimeMillis() - RESEND_WINDOW.toMillis();
        return backends.find(sent.conversation(), sent.from(), sent.id())
                .handle((found, failure) -> found == null
                        ? Optional.empty()
                        : found.filter(each -> each.storedAt() >= oldest)
                                .map(LoggedMessage::message)
                                .filter(each -> each.deletion() != null
                                        || ContentDigest.of(each).equals(ContentDigest.of(sent)))
                                .map(each -> sameContent(sent, each)));
    }

    /**
     * Returns the message as it was stored: for a resend that was judged again, perhaps in another way than before, the
     * form in the queue or in the call log.
     *
     * @param appended the outcome of the append to the queue of {@code owner}
     */
    public CompletableFuture<ChatEvent.Message> stored(UserId owner, ChatEvent.Message message, Appended appended) {
        if (!hasPolicies() || !appended.duplicate()) {
            return CompletableFuture.completedFuture(message);
        }
        CompletableFuture<Optional<ChatEvent.Message>> queued = appended.seq() == 0
                ? CompletableFuture.completedFuture(Optional.empty())
                : backends.read(owner, appended.seq() - 1, 1)
                        .thenApply(slice -> slice.events().stream()
                                .map(Envelope::event)
                                .filter(ChatEvent.Message.class::isInstance)
                                .map(ChatEvent.Message.class::cast)
                                .filter(each -> isSame(each, message))
                                .findFirst());
        return queued.thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : backends.find(message.conversation(), message.from(), message.id())
                                .thenApply(logged -> logged.map(LoggedMessage::message)))
                .thenApply(
                        found -> found.map(each -> sameContent(message, each)).orElse(message));
    }

    private static boolean isSame(ChatEvent.Message one, ChatEvent.Message other) {
        return one.id().equals(other.id()) && one.from().equals(other.from());
    }

    private static ChatEvent.Message sameContent(ChatEvent.Message message, ChatEvent.Message stored) {
        return message.withContent(stored.content()).withSentDigest(stored.sentDigest());
    }

    /** Ends the threads of the policies. */
    public void close() {
        calls.close();
    }
}
