package io.webchat.core;

import java.util.concurrent.CompletionStage;

/**
 * One device of one user, connected to this node. Safe for use by several threads; calls of one thread are
 * handled in the order in which they were made. No call blocks.
 */
public interface ChatSession extends AutoCloseable {
    /** Whose session this is. */
    UserId user();

    /** Which of the user's devices. */
    DeviceId device();

    /**
     * Sends a message, a receipt or a signal of this session's user.
     *
     * <p>A message: the stage completes when the message is in the recipient's queue and in the call log,
     * and fails otherwise. A failed or unanswered message may be sent again under the same id, through any
     * node: it is stored once, and the answer is the first one's with {@link SendResult#duplicate}.
     * Messages to one recipient arrive in the order of these calls, as far as they succeeded.
     *
     * <p>A message to a room is addressed to its author; the server hands it to every other member. It completes when
     * it is in all their queues, in the author's own and in the call log.
     *
     * <p>A receipt: completes when it is stored for the message's author; confirms the message for this
     * device. Receipts only grow: one that says less than an earlier one is answered as a duplicate and
     * goes nowhere.
     *
     * <p>A signal: completes when it was published to whoever is online.
     *
     * @return fails with {@link ChatException}: {@code forbidden} for a foreign {@code From} and for a message or
     *     signal to somebody who has blocked this user, {@code not_found} for a receipt about a message this user
     *     never got and for a room this user is not in, {@code too_large}, {@code
     *     rate_limited}, {@code conflict}, {@code queue_full}, {@code unavailable}
     */
    CompletionStage<SendResult> send(ChatEvent event);

    /**
     * The client has kept what came with this {@code Seq}: sends the author the delivery receipt and, once
     * that is stored, moves this device's cursor. A {@code Seq} that is unknown or confirmed already does
     * nothing. Confirming any event also confirms the receipts that were emitted before it.
     */
    void confirm(long seq);

    /** The client is alive, and has received all that was emitted before the previous heartbeat. */
    void heartbeat();

    /** The connection is writable again. */
    void resume();

    /**
     * Tells the client that this node is {@code draining} and refuses new messages with {@code
     * unavailable}; receipts are still taken. Completes when all that was accepted before has been
     * answered; the session stays open until it is closed.
     */
    CompletionStage<Void> drain();

    /** Ends the session. What was not confirmed stays in the queue. Repeating it does nothing. */
    @Override
    void close();
}
