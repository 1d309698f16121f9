package io.webchat.core;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import java.util.concurrent.CompletionStage;

/**
 * The session of one device of a user on this node. Safe for use by several threads. Calls of one thread are handled in
 * the order in which they were made. No call blocks.
 */
public interface ChatSession extends AutoCloseable {
    /** The user of this session. */
    UserId user();

    /** The device of this session. */
    DeviceId device();

    /**
     * Sends a message, an amendment, a receipt or a signal of this session's user.
     *
     * <p>A message: the stage completes when the message is in the recipient's queue and in the call log; otherwise it
     * fails. You may resend a failed or unanswered message with the same id, through any node. The server stores it
     * once, and answers a resend with the first result and {@link SendResult#duplicate}. Successful messages to one
     * recipient arrive in the order of these calls. {@link SessionOptions#ordered} keeps the order over refusals too.
     *
     * <p>A message to a room: the author is its recipient, and the server makes a copy for each other member. The stage
     * completes when the message is in all their queues, in the author's own queue, and in the call log.
     *
     * <p>An {@link Amendment}: the stage completes when the call log shows the message in its new state, and when the
     * amendment is in the queues of everyone in the conversation. From then on no queue has the content of a deleted
     * message. Wait for the answer to a message before you amend it. A resend is answered as that of a message is. Each
     * session that is {@link SessionOptions#amending amending} gets it, except this one.
     *
     * <p>A receipt: the stage completes when the receipt is stored for the message's author. The receipt confirms the
     * message for this device. A receipt that is lower than an earlier one is answered as a duplicate and not sent.
     *
     * <p>A signal: the stage completes when the signal is published to the recipients who are online.
     *
     * <p>The stage fails with a {@link ChatException}:
     * <ul>
     * <li>{@code forbidden}: the {@code From} is another user, or the recipient has blocked this user
     * <li>{@code forbidden}, for an amendment: only its author may edit a message; only its author, or an owner of its
     * room, may delete it
     * <li>{@code not_found}: this user did not get the message of a receipt, or is not in the room; the conversation
     * does not have the message of an amendment, or it was deleted
     * <li>{@code rejected}: a policy of the application does not accept the message
     * <li>{@code conflict}: this user sent another message with the same id
     * <li>{@code too_large}, {@code rate_limited}: a limit is exceeded
     * <li>{@code queue_full}, {@code unavailable}: a backend has no capacity or does not answer
     * </ul>
     *
     * @return the result
     */
    CompletionStage<SendResult> send(ChatEvent event);

    /**
     * Goes on with a new principal of the same user, for example after the client got a new token. The session then
     * ends when this one expires. Policies see its claims from the next message on.
     *
     * @return fails with {@code forbidden} for another user, with {@code unauthorized} for a principal that has
     *     expired, and with {@code unavailable} when the session is closed
     */
    CompletionStage<Void> renew(Principal principal);

    /**
     * Confirms that the client has stored the event with this {@code Seq}. The author gets a delivery receipt; when
     * that is stored, this device's cursor moves. Confirming an unknown or already confirmed {@code Seq} has no effect.
     * Confirming any event also confirms all receipts that were emitted before it.
     */
    void confirm(long seq);

    /**
     * Tells the session that the client is alive, and has received all events emitted before the previous heartbeat.
     */
    void heartbeat();

    /** Tells the session that the connection is writable again. */
    void resume();

    /**
     * Sends the notice {@code draining} to the client, and refuses new messages with {@code unavailable}; receipts are
     * still accepted. Completes when all earlier sends are answered. The session stays open until it is closed.
     */
    CompletionStage<Void> drain();

    /** Ends the session. Unconfirmed events stay in the queue. Repeating it has no effect. */
    @Override
    void close();
}
