package io.webchat.socketio;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.Connection;
import io.webchat.core.DeviceId;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What all connections of one server share on their way into the chat; knows which sessions to drain. */
final class ChatGate {
    private final Chat chat;
    private final Authenticator authenticator;
    private final boolean legacyJoin;
    private final Set<ChatSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    ChatGate(Chat chat, Authenticator authenticator, boolean legacyJoin) {
        this.chat = chat;
        this.authenticator = authenticator;
        this.legacyJoin = legacyJoin;
    }

    boolean legacyJoin() {
        return legacyJoin;
    }

    boolean draining() {
        return draining;
    }

    CompletionStage<UserId> authenticate(String token) {
        return authenticator.authenticate(token);
    }

    CompletionStage<ChatSession> open(UserId user, DeviceId device, long after, Connection connection) {
        if (draining) {
            return CompletableFuture.failedStage(
                    new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect"));
        }
        return chat.open(user, device, after, connection).thenApply(session -> {
            sessions.add(session);
            return session;
        });
    }

    void leave(ChatSession session) {
        sessions.remove(session);
        session.close();
    }

    /** Tells every client, and waits until what they sent is answered, or until the time is up. */
    void drain(Duration grace) {
        draining = true;
        CompletableFuture<?>[] drained = sessions.stream()
                .map(each -> each.drain().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(drained)
                .exceptionally(failure -> null)
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
