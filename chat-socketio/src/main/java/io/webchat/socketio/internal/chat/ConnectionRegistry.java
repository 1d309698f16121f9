package io.webchat.socketio.internal.chat;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.Connection;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SessionOptions;
import io.webchat.socketio.internal.auth.TokenAuthentication;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Authenticates the connections of one server, opens their chat sessions, and drains those sessions at the end. */
public final class ConnectionRegistry {
    private final Chat chat;
    private final TokenAuthentication tokens;
    private final boolean legacyJoin;
    private final Set<ChatSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /**
     * Makes an empty registry.
     *
     * @param tokens checks the tokens of the clients
     * @param legacyJoin whether clients of Socket.IO 1 and 2 may name themselves with {@code join}
     */
    public ConnectionRegistry(Chat chat, TokenAuthentication tokens, boolean legacyJoin) {
        this.chat = chat;
        this.tokens = tokens;
        this.legacyJoin = legacyJoin;
    }

    boolean legacyJoin() {
        return legacyJoin;
    }

    /** Tells whether {@link #drain} was called. */
    public boolean draining() {
        return draining;
    }

    /** Returns the principal of a token; fails with a {@link ChatException}. */
    CompletionStage<Principal> authenticate(String token, InetSocketAddress client) {
        return tokens.principal(token, client);
    }

    CompletionStage<ChatSession> open(Principal principal, SessionOptions options, Connection connection) {
        if (draining) {
            return CompletableFuture.failedStage(
                    new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect"));
        }
        return chat.open(principal, options, connection).thenApply(session -> {
            sessions.add(session);
            return session;
        });
    }

    /** Counts an event that never reached a session. */
    void refused(ChatException refusal) {
        chat.observer().refused(refusal.code());
    }

    void close(ChatSession session) {
        sessions.remove(session);
        session.close();
    }

    /** Tells every client that this node shuts down. Waits until their requests are answered, or the time is up. */
    public void drain(Duration grace) {
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
