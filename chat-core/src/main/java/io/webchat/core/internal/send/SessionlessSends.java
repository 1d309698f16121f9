package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SendResult;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.policy.Proposal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends messages of users without a session, for example for the application's own backend or an HTTP request. */
public final class SessionlessSends {
    /** A device that no user has, so that all of the author's devices get a copy. */
    private static final DeviceId DEVICE = DeviceId.of(".server");

    private final ChatConfig config;
    private final ChatObserver observer;
    private final UserRates rates;
    private final SendApproval approval;
    private final AmendmentApproval amendments;
    private final Permissions permissions;
    private final BackendCalls backends;
    private final SendPipeline pipeline;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile boolean closed;

    /** Sends through this pipeline, within the limits of the configuration. */
    public SessionlessSends(
            ChatConfig config,
            ChatObserver observer,
            UserRates rates,
            SendApproval approval,
            AmendmentApproval amendments,
            Permissions permissions,
            BackendCalls backends,
            SendPipeline pipeline) {
        this.config = config;
        this.observer = observer;
        this.rates = rates;
        this.approval = approval;
        this.amendments = amendments;
        this.permissions = permissions;
        this.backends = backends;
        this.pipeline = pipeline;
    }

    /** Sends a message of this principal, which came by this way. */
    public CompletableFuture<SendResult> send(Principal by, Proposal.Origin origin, ChatEvent.Message given) {
        return tracked(() -> accept(new SendApproval.Author(by, DEVICE, origin), given.asSent()));
    }

    /** Sends a message with the authority of the application, without limits and permissions. */
    public CompletableFuture<SendResult> sendAsHost(ChatEvent.Message given) {
        return tracked(() -> acceptFromHost(given.asSent()));
    }

    /** Sends a message of the host about a change of a room to these users, some of whom may be in the room no more. */
    public CompletableFuture<SendResult> announce(ChatEvent.Message message, List<UserId> recipients) {
        return tracked(() -> toRoom(message, recipients));
    }

    /** Sends an amendment of this principal, which came by this way. */
    public CompletableFuture<SendResult> amend(Principal by, Proposal.Origin origin, Amendment given) {
        return tracked(() -> {
            SendAdmission admission = new SendAdmission(by.user(), config, rates);
            admission.checkAmendment(given);
            return amendments
                    .approve(new SendApproval.Author(by, DEVICE, origin), given.asSent(), admission)
                    .thenCompose(
                            approved -> pipeline.sendAmendment(approved, DEVICE).answer());
        });
    }

    /** Sends a deletion with the authority of the application. */
    public CompletableFuture<SendResult> deleteAsHost(Amendment deletion) {
        return tracked(() -> amendments
                .approveFromHost(deletion)
                .thenCompose(
                        approved -> pipeline.sendAmendment(approved, DEVICE).answer()));
    }

    private CompletableFuture<SendResult> tracked(Supplier<CompletableFuture<SendResult>> send) {
        CompletableFuture<SendResult> answer = new CompletableFuture<>();
        // Counted before the check for a drain, so that the drain cannot miss it.
        inFlight.incrementAndGet();
        Completions.whenDone(started(send), (result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                ChatException refusal = Completions.toChatException(failure);
                observer.refused(refusal.code());
                answer.completeExceptionally(refusal);
            }
            inFlight.decrementAndGet();
            checkIdle();
        });
        return answer;
    }

    private CompletableFuture<SendResult> started(Supplier<CompletableFuture<SendResult>> send) {
        try {
            if (closed) {
                throw new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, try another one");
            }
            return send.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<SendResult> accept(SendApproval.Author author, ChatEvent.Message message) {
        SendAdmission admission = new SendAdmission(author.principal().user(), config, rates);
        admission.checkMessage(message);
        RoomId room = message.room();
        return room == null
                ? approval.toUser(author, message).thenCompose(this::toUser)
                : approval.toRoom(author, room, message, admission)
                        .thenCompose(to -> toRoom(to.message(), to.recipients()));
    }

    private CompletableFuture<SendResult> acceptFromHost(ChatEvent.Message message) {
        new ContentCheck(config).check(message.content());
        RoomId room = message.room();
        return room == null
                ? approval.fromHost(message).thenCompose(this::toUser)
                : permissions
                        .allMembers(room)
                        .thenCompose(members -> approval.fromHost(message)
                                .thenCompose(whole -> toRoom(whole, others(members, message.from()))));
    }

    private static List<UserId> others(Set<UserId> members, UserId author) {
        return members.stream().filter(each -> !each.equals(author)).toList();
    }

    private CompletableFuture<SendResult> toUser(ChatEvent.Message message) {
        return copy(message)
                .thenCompose(copy -> pipeline.sendMessage(message, copy).answer());
    }

    private CompletableFuture<SendResult> toRoom(ChatEvent.Message message, List<UserId> recipients) {
        return pipeline.sendToRoom(message, DEVICE, recipients).answer();
    }

    /** The copy for the author's devices; null when the queue knows no device of the author. */
    private CompletableFuture<ChatEvent.@Nullable Message> copy(ChatEvent.Message message) {
        if (message.to().equals(message.from())) {
            return CompletableFuture.completedFuture(null);
        }
        return backends.read(message.from(), 0, 1)
                .thenApply(slice -> slice.devices() > 0 ? message.copyFrom(DEVICE) : null);
    }

    /** Refuses new sends; completes when all accepted sends are answered. */
    public CompletableFuture<Void> drain() {
        closed = true;
        checkIdle();
        return idle;
    }

    private void checkIdle() {
        if (closed && inFlight.get() == 0) {
            idle.complete(null);
        }
    }
}
