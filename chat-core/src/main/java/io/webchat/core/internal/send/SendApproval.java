package io.webchat.core.internal.send;

import io.webchat.core.Principal;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.internal.policy.StoredForms;
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
    private final MessageFiles files;
    private final StoredForms forms;

    /** Approves by these permissions and policies. */
    public SendApproval(Permissions permissions, MessageJudge judge, BackendCalls backends, StoredForms forms) {
        this.permissions = permissions;
        this.judge = judge;
        this.files = new MessageFiles(backends);
        this.forms = forms;
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

    /** Approves a message to a user; fails as the {@link Permissions} and the policies do, and for its files. */
    public CompletableFuture<ChatEvent.Message> toUser(Author author, ChatEvent.Message message) {
        return permissions
                .checkWrite(author.principal(), message.to())
                .thenCompose(done -> judge.hasPolicies()
                        ? judged(author, message, null)
                        : CompletableFuture.completedFuture(message))
                .thenCompose(judged -> complete(message, judged));
    }

    /** Asks the policies, which see the files as the store knows them. */
    private CompletableFuture<ChatEvent.Message> judged(
            Author author, ChatEvent.Message sent, @Nullable RoomRole role) {
        return files.described(sent)
                .exceptionallyCompose(refusal -> forms.loggedOr(sent, Failures.unwrap(refusal)))
                .thenCompose(described -> judge.judge(
                        new Proposal(author.principal(), author.device(), author.origin(), described, role),
                        described));
    }

    /** Checks the mentions and keeps the files last, because a policy may have changed them. */
    private CompletableFuture<ChatEvent.Message> complete(ChatEvent.Message sent, ChatEvent.Message judged) {
        return permissions
                .checkMentions(judged)
                .thenCompose(done -> files.kept(judged))
                .exceptionallyCompose(refusal -> forms.loggedOr(sent, Failures.unwrap(refusal)));
    }

    /**
     * Approves a message to a room and charges it to its author; fails as the {@link Permissions}, {@link
     * SendAdmission#charged} and the policies do, and for its files.
     */
    public CompletableFuture<ToRoom> toRoom(
            Author author, RoomId room, ChatEvent.Message message, SendAdmission admission) {
        CompletableFuture<ToRoom> permitted = permissions
                .recipients(room, message.from())
                .thenApply(recipients -> new ToRoom(message, admission.charged(message, recipients)));
        CompletableFuture<ToRoom> judged =
                judge.hasPolicies() ? permitted.thenCompose(to -> judged(author, room, to)) : permitted;
        return judged.thenCompose(
                to -> complete(message, to.message).thenApply(whole -> new ToRoom(whole, to.recipients)));
    }

    /** Checks the mentions and the files of a message of the application; fails as they do. */
    CompletableFuture<ChatEvent.Message> fromHost(ChatEvent.Message message) {
        return complete(message, message);
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
                .thenCompose(role -> judged(author, to.message, role))
                .thenApply(message -> new ToRoom(message, to.recipients));
    }
}
