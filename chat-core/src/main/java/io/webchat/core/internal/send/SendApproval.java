package io.webchat.core.internal.send;

import io.webchat.core.Principal;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.policy.Proposal;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Decides whether a message may be sent, and in which form: asks the permissions, then the application's policies. */
public final class SendApproval {
    private final Permissions permissions;
    private final MessageJudge judge;
    private final ResendCheck resends;

    /** Approves by these permissions and policies. */
    public SendApproval(Permissions permissions, MessageJudge judge, BackendCalls backends) {
        this.permissions = permissions;
        this.judge = judge;
        this.resends = new ResendCheck(backends);
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
        CompletableFuture<Void> permitted = permissions.checkWrite(author.principal(), message.to());
        CompletableFuture<ChatEvent.Message> judged = judge.hasPolicies()
                ? permitted.thenCompose(done -> judge.judge(
                        new Proposal(author.principal(), author.device(), author.origin(), message, null), message))
                : permitted.thenApply(done -> message);
        return judged.thenCompose(each -> withMentions(message, each));
    }

    /** Checks the mentions last, because a policy may have added some. */
    private CompletableFuture<ChatEvent.Message> withMentions(ChatEvent.Message sent, ChatEvent.Message judged) {
        return permissions
                .checkMentions(judged)
                .exceptionallyCompose(refusal -> resends.orFailure(sent, Failures.unwrap(refusal)))
                .thenApply(done -> judged);
    }

    /**
     * Approves a message to a room and charges it to its author; fails as the {@link Permissions}, {@link
     * SendAdmission#charged} and the policies do.
     */
    public CompletableFuture<ToRoom> toRoom(
            Author author, RoomId room, ChatEvent.Message message, SendAdmission admission) {
        CompletableFuture<ToRoom> permitted = permissions
                .recipients(room, message.from())
                .thenApply(recipients -> new ToRoom(message, admission.charged(message, recipients)));
        CompletableFuture<ToRoom> judged =
                judge.hasPolicies() ? permitted.thenCompose(to -> judged(author, room, to)) : permitted;
        return judged.thenCompose(to -> withMentions(message, to.message).thenApply(done -> to));
    }

    /** Approves a signal; fails as the policies do. They judge signals of the application only. */
    public CompletableFuture<Void> signal(Author author, ChatEvent.Signal signal) {
        if (signal.type() == null || !judge.hasPolicies()) {
            return CompletableFuture.completedFuture(null);
        }
        RoomId room = signal.room();
        CompletableFuture<@Nullable RoomRole> role = room == null
                ? CompletableFuture.completedFuture(null)
                : permissions.role(room, signal.from()).thenApply(each -> each);
        return role.thenCompose(each ->
                judge.judgeSignal(new Proposal(author.principal(), author.device(), author.origin(), signal, each)));
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
