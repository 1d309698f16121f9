package io.webchat.core.policy;

import java.util.concurrent.CompletionStage;

/**
 * Judges each message, edit and reaction before it is stored, for example a filter of words or of links, or a check
 * whether the author may write now. Implemented by the application.
 *
 * <pre>{@code
 * MessagePolicy noLinks = proposal -> CompletableFuture.completedFuture(
 *         proposal.text().contains("http") ? Verdict.refuse("no links, please") : Verdict.accept());
 * }</pre>
 *
 * <p>A chat may have several policies. They run in the order of the builder, each on the event that the one before it
 * left. The first refusal ends the run. They judge the messages, edits and reactions of sessions, REST requests and
 * {@code Chat.send} alike, after the engine's own checks.
 *
 * <p>They also judge signals with a type of the application, which people could use to get around a filter or a ban. A
 * signal is accepted or refused, and never replaced. Typing signals have no content and are not judged.
 *
 * <p>Nothing of a refused message is stored or published. Its author gets the error code {@code rejected} with the
 * detail, and must not send it again.
 *
 * <p>An edit is judged with its whole new content, because people get around filters by editing. A deletion is not
 * judged.
 *
 * <p>Messages of one session are judged concurrently and stored in the order in which they were sent. A session with
 * {@code ordered} sends them one after another. The engine recognises a resend by the content that the author sent. It
 * does not ask again about a message that it has just accepted; a resend through another node may be judged again.
 */
@FunctionalInterface
public interface MessagePolicy {
    /**
     * Judges one event. Called by several threads of a pool, never by an event loop, so it may block for a short time.
     *
     * @return the verdict. If the policy fails, throws, or takes longer than {@code ChatConfig.policyTimeout}, the send
     *     fails with {@code unavailable}, and its author may send it again
     */
    CompletionStage<Verdict> judge(Proposal proposal);
}
