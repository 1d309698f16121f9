package io.webchat.core.internal.send;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Principal;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.policy.Proposal;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Decides whether a message may be sent, and in which form: asks the permissions, then the application's policies. */
public final class SendApproval {
    private final Permissions permissions;
    private final MessageJudge judge;

    /** Approves by these permissions and policies. */
    public SendApproval(Permissions permissions, MessageJudge judge) {
        this.permissions = permissions;
        this.judge = judge;
    }

    /**
     * The author of a message.
     *
     * @param principal who it is
     * @param device the device
     * @param origin the way by which the message comes
     */
    public record Author(Principal principal, DeviceId device, Proposal.Origin origin) {
        /** Returns the same author with a new principal. */
        public Author renewed(Principal other) {
            return new Author(other, device, origin);
        }
    }

    /**
     * An approved message to a room.
     *
     * @param message the message, perhaps in the form that a policy gave it
     * @param recipients the other members who take it
     */
    public record ToRoom(ChatEvent.Message message, List<UserId> recipients) {}

    /** Approves a message to a user; fails as the {@link Permissions} and the policies do. */
    public CompletableFuture<ChatEvent.Message> toUser(Author author, ChatEvent.Message message) {
        CompletableFuture<Void> permitted = permissions
                .checkWrite(author.principal(), message.to())
                .thenCompose(done -> permissions.checkMentions(message));
        return judge.hasPolicies()
                ? permitted.thenCompose(done -> judge.judge(
                        new Proposal(author.principal(), author.device(), author.origin(), message, null), message))
                : permitted.thenApply(done -> message);
    }

    /**
     * Approves a message to a room and charges it to its author; fails as the {@link Permissions}, {@link
     * SendAdmission#charged} and the policies do.
     */
    public CompletableFuture<ToRoom> toRoom(
            Author author, RoomId room, ChatEvent.Message message, SendAdmission admission) {
        CompletableFuture<ToRoom> permitted = permissions
                .recipients(room, message.from())
                .thenCompose(recipients -> permissions.checkMentions(message).thenApply(done -> recipients))
                .thenApply(recipients -> new ToRoom(message, admission.charged(message, recipients)));
        return judge.hasPolicies() ? permitted.thenCompose(to -> judged(author, room, to)) : permitted;
    }

    private CompletableFuture<ToRoom> judged(Author author, RoomId room, ToRoom to) {
        return permissions
                .role(room, to.message.from())
                .thenCompose(role -> judge.judge(
                        new Proposal(author.principal(), author.device(), author.origin(), to.message, role),
                        to.message))
                .thenApply(message -> new ToRoom(message, to.recipients));
    }
}
