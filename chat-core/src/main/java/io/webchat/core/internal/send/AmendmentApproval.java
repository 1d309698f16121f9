package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.events.Reaction;
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

/**
 * Decides whether a message may be amended, and in which form: looks at the message, asks the permissions, then the
 * application's policies.
 */
public final class AmendmentApproval {
    private final BackendCalls backends;
    private final Permissions permissions;
    private final MessageJudge judge;
    private final StoredForms forms;
    private final ContentCheck contents;
    private final MessageFiles files;

    /** Approves by these permissions and policies. */
    public AmendmentApproval(
            BackendCalls backends,
            Permissions permissions,
            MessageJudge judge,
            StoredForms forms,
            ContentCheck contents) {
        this.backends = backends;
        this.permissions = permissions;
        this.judge = judge;
        this.forms = forms;
        this.contents = contents;
        this.files = new MessageFiles(backends);
    }

    /**
     * An approved amendment.
     *
     * @param amendment the amendment, perhaps with the content that a policy gave it
     * @param target the message
     * @param others the users who get it, without the one who made it
     */
    public record Approved(Amendment amendment, LoggedMessage target, List<UserId> others) {
        /** Returns the same with the edit in this form. */
        Approved with(Amendment form) {
            return new Approved(form, target, others);
        }

        /** Returns the same edit with this content. */
        Approved withContent(MessageContent content) {
            return with(amendment.withChange(new Amendment.Edit(content)));
        }
    }

    /**
     * Approves the amendment of a user, and charges it to them. Fails with {@code not_found} if there is no such
     * message in a conversation of this user, or if it was deleted; with {@code forbidden} if the user may not do this;
     * with {@code too_large} for too many reactions; and as the permissions and policies do.
     */
    public CompletableFuture<Approved> approve(SendApproval.Author author, Amendment sent, SendAdmission admission) {
        return permitted()
                .thenCompose(done -> role(sent))
                .thenCompose(role -> find(sent)
                        .thenApply(target -> checked(sent, target, role))
                        .thenCompose(this::withinReactions)
                        .thenCompose(approved -> others(author, approved.amendment(), admission)
                                .thenApply(others -> new Approved(approved.amendment(), approved.target(), others)))
                        .thenCompose(approved -> judged(author, approved, role)))
                .thenCompose(this::complete);
    }

    /** Checks the mentions of an edit and keeps its files last, because a policy may have changed them. */
    private CompletableFuture<Approved> complete(Approved approved) {
        if (!(approved.amendment().change() instanceof Amendment.Edit edit)) {
            return CompletableFuture.completedFuture(approved);
        }
        ChatEvent.Message edited = approved.target().message().withContent(edit.content());
        return permissions
                .checkMentions(edited)
                .thenCompose(done -> files.kept(edit.content(), approved.target()))
                .thenApply(content -> approved.withContent(content))
                .exceptionallyCompose(refusal -> forms.loggedOr(approved.amendment(), Failures.unwrap(refusal))
                        .thenApply(approved::with));
    }

    /** Approves a deletion by the application. Fails with {@code not_found} if there is no such message. */
    CompletableFuture<Approved> approveFromHost(Amendment deletion) {
        RoomId room = deletion.room();
        CompletableFuture<List<UserId>> others = room == null
                ? CompletableFuture.completedFuture(peer(deletion))
                : permissions
                        .allMembers(room)
                        .thenApply(members -> members.stream()
                                .filter(each -> !each.equals(deletion.from()))
                                .toList());
        return permitted()
                .thenCompose(done -> others)
                .thenCompose(all -> find(deletion).thenApply(target -> new Approved(deletion, target, all)));
    }

    private CompletableFuture<Void> permitted() {
        return backends.amends()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(forbidden("this server's call log keeps messages as they are"));
    }

    /** The role of the user in the room; null in a 1:1 conversation. */
    private CompletableFuture<@Nullable RoomRole> role(Amendment sent) {
        RoomId room = sent.room();
        return room == null
                ? CompletableFuture.completedFuture(null)
                : permissions.role(room, sent.from()).thenApply(role -> role);
    }

    private CompletableFuture<LoggedMessage> find(Amendment sent) {
        MessageRef about = sent.about();
        return backends.find(sent.conversation(), about.from(), about.id())
                .thenApply(found -> found.orElseThrow(AmendmentApproval::noSuchMessage));
    }

    private static ChatException noSuchMessage() {
        return new ChatException(ErrorCode.NOT_FOUND, "About: there is no such message in this conversation");
    }

    private Approved checked(Amendment sent, LoggedMessage target, @Nullable RoomRole role) {
        ChatEvent.Message message = target.message();
        Amendment.Change change = sent.change();
        boolean byAuthor = sent.from().equals(message.from());
        if (message.deletion() != null && !sent.isDeletion()) {
            throw AmendmentPipeline.deleted();
        }
        if (message.content().isSystem() && !(change instanceof Amendment.React)) {
            throw forbidden("nobody may change what the server has written");
        }
        if (change instanceof Amendment.Edit edit) {
            if (!byAuthor) {
                throw forbidden("only the author of a message may edit it");
            }
            MessageContent whole = contents.checkEdit(edit.content(), message.content());
            return new Approved(sent.withChange(new Amendment.Edit(whole)), target, List.of());
        }
        if (change instanceof Amendment.React react) {
            checkKinds(react, target.reactions());
        } else if (!byAuthor && role != RoomRole.OWNER) {
            throw forbidden("only the author of a message, or an owner of its room, may delete it");
        }
        return new Approved(sent, target, List.of());
    }

    private static void checkKinds(Amendment.React react, List<Reaction> there) {
        boolean isNew = there.stream().noneMatch(each -> each.reaction().equals(react.reaction()));
        if (isNew && !react.remove() && there.size() >= Reaction.MAX_KINDS) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE,
                    "Reaction: the message has " + Reaction.MAX_KINDS + " kinds of reactions, the limit");
        }
    }

    /** Refuses one more reaction to a message that has the largest number; a resend is none. */
    private CompletableFuture<Approved> withinReactions(Approved approved) {
        Amendment sent = approved.amendment();
        int given =
                approved.target().reactions().stream().mapToInt(Reaction::count).sum();
        boolean adds = sent.change() instanceof Amendment.React react && !react.remove();
        if (!adds || given < Reaction.MAX_GIVEN) {
            return CompletableFuture.completedFuture(approved);
        }
        ChatException refusal = new ChatException(
                ErrorCode.TOO_LARGE, "Reaction: the message has " + Reaction.MAX_GIVEN + " reactions, the limit");
        return forms.loggedOr(sent, refusal).thenApply(approved::with);
    }

    private static ChatException forbidden(String detail) {
        return new ChatException(ErrorCode.FORBIDDEN, detail);
    }

    /** The others who get the amendment. A deletion reaches also those who have blocked its user since. */
    private CompletableFuture<List<UserId>> others(
            SendApproval.Author author, Amendment sent, SendAdmission admission) {
        RoomId room = sent.room();
        if (room == null) {
            return sent.isDeletion()
                    ? CompletableFuture.completedFuture(peer(sent))
                    : permissions.checkWrite(author.principal(), sent.to()).thenApply(done -> peer(sent));
        }
        return members(room, sent).thenApply(all -> admission.charged(sent, all));
    }

    /**
     * A reader of a room may react to a message and delete one of their own, and may not edit it. Who has blocked the
     * author of a message does not have it, and gets no reactions to it.
     */
    private CompletableFuture<List<UserId>> members(RoomId room, Amendment sent) {
        if (sent.isDeletion()) {
            return permissions.otherMembers(room, sent.from());
        }
        return sent.change() instanceof Amendment.React
                ? permissions
                        .audience(room, sent.from())
                        .thenCompose(users ->
                                permissions.withoutBlockersOf(sent.about().from(), users))
                : permissions.recipients(room, sent.from());
    }

    private static List<UserId> peer(Amendment sent) {
        return sent.to().equals(sent.from()) ? List.of() : List.of(sent.to());
    }

    private CompletableFuture<Approved> judged(SendApproval.Author author, Approved approved, @Nullable RoomRole role) {
        Amendment sent = approved.amendment();
        if (sent.isDeletion() || !judge.hasPolicies()) {
            return CompletableFuture.completedFuture(approved);
        }
        return described(approved).thenCompose(each -> {
            Amendment amendment = each.amendment();
            Proposal proposal = new Proposal(author.principal(), author.device(), author.origin(), amendment, role);
            return judge.judge(proposal, amendment).thenApply(each::with);
        });
    }

    /** Returns an edit with what the store knows of its files, for the policies. */
    private CompletableFuture<Approved> described(Approved approved) {
        return approved.amendment().change() instanceof Amendment.Edit edit
                ? files.described(edit.content(), approved.target()).thenApply(approved::withContent)
                : CompletableFuture.completedFuture(approved);
    }
}
