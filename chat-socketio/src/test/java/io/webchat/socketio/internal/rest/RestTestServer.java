package io.webchat.socketio.internal.rest;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.socketio.SocketIoServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A whole server on a free port. A token is {@code token-} and the user's id; some others fail, each in its way. */
final class RestTestServer implements AutoCloseable {
    static final String FRIEND = "https://friend.example";

    final Chat chat;
    final SocketIoServer server;

    RestTestServer() {
        this(parts -> parts.contactPolicy(ContactPolicy.EVERYBODY), UnaryOperator.identity());
    }

    RestTestServer(UnaryOperator<Chat.Builder> parts, UnaryOperator<SocketIoServer.Builder> settings) {
        chat = parts.apply(Chat.builder()
                        .config(ChatConfig.builder()
                                .messagesPerSecond(0)
                                .backendTimeout(Duration.ofSeconds(2))
                                .build()))
                .build();
        server = settings.apply(SocketIoServer.builder(chat)
                        .host("127.0.0.1")
                        .port(0)
                        .requestsPerSecond(0)
                        .refusedTokensPerSecond(0)
                        .allowedHosts(java.util.Set.of("x"))
                        .allowedOrigins(java.util.Set.of(FRIEND))
                        .authenticator(RestTestServer::authenticate))
                .start();
    }

    private static CompletableFuture<Principal> authenticate(String token) {
        return switch (token) {
            case "throw" -> throw new IllegalStateException("a secret");
            case "fail" -> CompletableFuture.failedFuture(new IllegalStateException("a secret"));
            case "stale" ->
                CompletableFuture.completedFuture(
                        Principal.of(UserId.of("alice")).until(Instant.EPOCH));
            case "expired" ->
                CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAUTHORIZED, "the token has expired"));
            case "down" ->
                CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "the directory is down"));
            default ->
                token.startsWith("token-")
                        ? CompletableFuture.supplyAsync(
                                () -> Principal.of(UserId.of(token.substring("token-".length()))))
                        : CompletableFuture.failedFuture(
                                new ChatException(ErrorCode.UNAUTHORIZED, "the token is wrong"));
        };
    }

    RestClient client() {
        return new RestClient(URI.create("http://127.0.0.1:" + server.port()));
    }

    RestClient as(String user) {
        return client().with("Authorization", "Bearer token-" + user);
    }

    ChatSession session(String user) {
        return chat.open(UserId.of(user), (session, envelope) -> {})
                .toCompletableFuture()
                .join();
    }

    /** Sends a message over a session, whose text is its id too. */
    SendResult say(String from, String to, String text) {
        return send(
                from, ChatEvent.message(UserId.of(from), UserId.of(to), MessageId.of(text.replace(' ', '-')), text));
    }

    SendResult send(String from, ChatEvent event) {
        ChatSession session = session(from);
        try {
            return session.send(event).toCompletableFuture().join();
        } finally {
            session.close();
        }
    }

    @Override
    public void close() {
        server.close(Duration.ofMillis(100));
        chat.close(Duration.ZERO);
    }
}
