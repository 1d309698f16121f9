package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.internal.async.OrderedSends;
import io.webchat.core.internal.async.SendSequencer;
import io.webchat.core.internal.send.SendAdmission;
import io.webchat.core.internal.send.SendApproval;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one session in their order, although each one is approved on its own. Only the session's
 * mailbox may call it.
 */
final class SessionSends {
    private final ChatEngine engine;
    private final SendAdmission admission;
    private final SendSequencer sequencer;

    /** Null if the session need not keep the order over refusals. */
    private final @Nullable OrderedSends ordered;

    /**
     * The sends of a session.
     *
     * @param inOrder whether the order holds over refusals
     * @param onOverflow ends the session, because its order can no longer be kept
     */
    SessionSends(ChatEngine engine, SendAdmission admission, Executor mailbox, boolean inOrder, Runnable onOverflow) {
        this.ordered = inOrder ? new OrderedSends(mailbox, 2 * engine.config().maxInFlight(), onOverflow) : null;
        this.engine = engine;
        this.admission = admission;
        this.sequencer = new SendSequencer(mailbox);
    }

    /** Does the work for a message now, or when its turn has come in a session that keeps the order over refusals. */
    CompletableFuture<SendResult> inOrder(MessageId id, Supplier<CompletableFuture<SendResult>> work) {
        return ordered == null ? work.get() : ordered.submit(id, work);
    }

    /**
     * Sends a message, an amendment or a signal.
     *
     * @param hasSiblings whether the author has other devices, which need a copy of a 1:1 message
     * @throws ChatException {@code bad_request} for an event of another kind, and when a limit is exceeded
     */
    CompletableFuture<SendResult> accept(SendApproval.Author author, ChatEvent event, BooleanSupplier hasSiblings) {
        if (event instanceof ChatEvent.Message message) {
            admission.checkMessage(message);
            return send(author, message.asSent(), hasSiblings);
        }
        if (event instanceof Amendment amendment) {
            admission.checkAmendment(amendment);
            return amend(author, amendment.asSent());
        }
        if (event instanceof ChatEvent.Signal signal) {
            admission.checkSignal(signal);
            return engine.sendSignal(author, signal, admission);
        }
        throw new ChatException(
                ErrorCode.BAD_REQUEST, "a session cannot send " + event.kind().wire());
    }

    private CompletableFuture<SendResult> send(
            SendApproval.Author author, ChatEvent.Message message, BooleanSupplier hasSiblings) {
        RoomId room = message.room();
        if (room != null) {
            return sequencer.submit(
                    engine.approval().toRoom(author, room, message, admission),
                    to -> engine.pipeline().sendToRoom(to.message(), author.device(), to.recipients()));
        }
        return sequencer.submit(engine.approval().toUser(author, message), approved -> {
            boolean copied = hasSiblings.getAsBoolean() && !approved.to().equals(approved.from());
            return engine.pipeline().sendMessage(approved, copied ? approved.copyFrom(author.device()) : null);
        });
    }

    /** Sends an amendment; it keeps its place among the messages. */
    private CompletableFuture<SendResult> amend(SendApproval.Author author, Amendment amendment) {
        return sequencer.submit(
                engine.amendments().approve(author, amendment, admission),
                approved -> engine.pipeline().sendAmendment(approved, author.device()));
    }
}
