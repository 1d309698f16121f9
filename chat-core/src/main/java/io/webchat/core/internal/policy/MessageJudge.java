package io.webchat.core.internal.policy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Proposal;
import io.webchat.core.policy.Verdict;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks the message policies of the application, in their order. Recognises resends of what they judged. */
public final class MessageJudge {
    private static final long MEMORY_BYTES = 16L << 20;

    private final List<MessagePolicy> policies;
    private final PolicyCalls calls;
    private final StoredForms forms;
    private final Predicate<MessageContent> fits;
    private final VerdictMemory accepted = new VerdictMemory(MEMORY_BYTES, System::nanoTime);

    /**
     * A judge for these policies.
     *
     * @param forms finds the forms of resends
     * @param fits whether a content is within the limits
     */
    public MessageJudge(
            List<MessagePolicy> policies, PolicyCalls calls, StoredForms forms, Predicate<MessageContent> fits) {
        this.policies = List.copyOf(policies);
        this.calls = calls;
        this.forms = forms;
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
                        .exceptionallyCompose(failure -> forms.loggedOr(sent, Failures.unwrap(failure)));
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
        Amendment known = accepted.find(sent);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : calls.call(() -> ask(proposal, 0))
                        .thenApply(verdict -> accepted(sent, verdict))
                        .exceptionallyCompose(failure -> forms.loggedOr(sent, Failures.unwrap(failure)));
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
        if (last(verdict) instanceof ChatEvent.Message judged) {
            return accepted.remember(sent, judged);
        }
        throw new IllegalStateException("the last policy left no message");
    }

    private Amendment accepted(Amendment sent, Verdict verdict) {
        if (last(verdict) instanceof Amendment judged) {
            return accepted.remember(sent, judged);
        }
        throw new IllegalStateException("the last policy left no amendment");
    }

    /** The event that the last policy left. */
    private static ChatEvent last(Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            throw new ChatException(ErrorCode.REJECTED, refused.detail());
        }
        if (verdict instanceof Verdict.Replaced last) {
            return last.event();
        }
        throw new IllegalStateException("the last policy gave no verdict");
    }

    /**
     * Returns the message as it was stored: for a resend that was judged again, perhaps in another way than before, the
     * form in the queue or in the call log.
     *
     * @param appended the outcome of the append to the queue of {@code owner}
     */
    public CompletableFuture<ChatEvent.Message> stored(UserId owner, ChatEvent.Message judged, Appended appended) {
        return hasPolicies() && appended.duplicate()
                ? forms.of(owner, appended.seq(), judged)
                : CompletableFuture.completedFuture(judged);
    }

    /**
     * Returns the amendment as it was stored; see {@link #stored(UserId, ChatEvent.Message, Appended)}.
     *
     * @param appended the outcome of the append to the queue of its user
     */
    public CompletableFuture<Amendment> stored(Amendment judged, Appended appended) {
        return hasPolicies() && appended.duplicate() && judged.change() instanceof Amendment.Edit
                ? forms.of(appended.seq(), judged)
                : CompletableFuture.completedFuture(judged);
    }

    /** Ends the threads of the policies. */
    public void close() {
        calls.close();
    }
}
