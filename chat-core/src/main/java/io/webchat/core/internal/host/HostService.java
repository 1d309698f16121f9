package io.webchat.core.internal.host;

import io.webchat.core.ChatException;
import io.webchat.core.ChatHost;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.Page;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageRef;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.SessionlessSends;
import io.webchat.core.rooms.HostRooms;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Acts with the authority of the application. */
public final class HostService implements ChatHost {
    private final SessionlessSends sends;
    private final HostRooms rooms;
    private final Erasure erasure;
    private final OnlineUsers online;
    private final BackendCalls backends;
    private final Consumer<NodeEvent.EndSessions> endHere;

    /**
     * The application's own access.
     *
     * @param permissions forgets the blocks of an erased user
     * @param connected the users with a session on this node
     * @param endHere ends sessions on this node
     */
    public HostService(
            BackendCalls backends,
            SessionlessSends sends,
            HostRooms rooms,
            Permissions permissions,
            Supplier<Collection<UserId>> connected,
            Consumer<NodeEvent.EndSessions> endHere) {
        this.backends = backends;
        this.endHere = endHere;
        this.sends = sends;
        this.rooms = rooms;
        this.erasure = new Erasure(backends, permissions, rooms);
        this.online = new OnlineUsers(backends, connected);
    }

    @Override
    public CompletionStage<SendResult> send(ChatEvent.Message message) {
        return sends.sendAsHost(message);
    }

    @Override
    public CompletionStage<Void> delete(ConversationId conversation, UserId author, MessageId message) {
        AmendmentBuilder deletion =
                Amendment.by(author).about(new MessageRef(author, message)).id(idOf(conversation, author, message));
        Optional<RoomId> room = conversation.roomId();
        if (room.isPresent()) {
            deletion.in(room.get());
        } else if (conversation.users().contains(author)) {
            conversation.users().stream().filter(each -> !each.equals(author)).forEach(deletion::to);
        } else {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.NOT_FOUND, "the author is not in this conversation"));
        }
        return sends.deleteAsHost(deletion.change(new Amendment.Delete(Amendment.Authority.HOST)))
                .thenApply(done -> null);
    }

    /** The same id again for the same message, so that a repetition is a resend. */
    private static MessageId idOf(ConversationId conversation, UserId author, MessageId message) {
        String name = String.join(" ", "delete", conversation.value(), author.value(), message.value());
        return MessageId.of(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Override
    public HostRooms rooms() {
        return rooms;
    }

    @Override
    public CompletionStage<Void> disconnect(UserId user) {
        return end(NodeEvent.EndSessions.of(user, null));
    }

    @Override
    public CompletionStage<Void> disconnect(UserId user, DeviceId device) {
        return end(NodeEvent.EndSessions.of(user, device));
    }

    @Override
    public CompletionStage<Void> erase(UserId user) {
        return disconnect(user)
                .thenCompose(ended -> erasure.of(user))
                // A session that was opening before may be open now.
                .thenCompose(erased -> disconnect(user));
    }

    @Override
    public CompletionStage<Void> export(UserId user, Function<String, ? extends CompletionStage<?>> consumer) {
        return new Export(backends, user, consumer).run();
    }

    private CompletableFuture<Void> end(NodeEvent.EndSessions order) {
        // This node's sessions end even if the router does not answer.
        endHere.accept(order);
        return backends.publish(order.to(), Envelope.passing(order)).thenApply(receivers -> null);
    }

    @Override
    public CompletionStage<Page<UserId>> online(String cursor, int limit) {
        return checked(() -> CompletableFuture.completedFuture(online.page(cursor, limit)));
    }

    @Override
    public CompletionStage<Set<UserId>> online(Collection<UserId> users) {
        return checked(() -> online.of(users));
    }

    private static <T> CompletionStage<T> checked(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
