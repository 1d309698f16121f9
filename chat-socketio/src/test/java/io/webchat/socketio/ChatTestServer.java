package io.webchat.socketio;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.testkit.BystanderClient;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A whole server on a free port: the chat in memory, tokens that are {@code token-} and the user's id. */
final class ChatTestServer implements AutoCloseable {
    final Chat chat;
    final SocketIoServer server;

    ChatTestServer() {
        this(UnaryOperator.identity());
    }

    ChatTestServer(UnaryOperator<SocketIoServer.Builder> change) {
        this(
                Chat.builder()
                        .config(ChatConfig.builder()
                                .messagesPerSecond(0)
                                .fanoutBytesPerSecond(0)
                                .openingsPerSecond(0)
                                .build())
                        .build(),
                change);
    }

    ChatTestServer(Chat chat, UnaryOperator<SocketIoServer.Builder> change) {
        this.chat = chat;
        server = change.apply(SocketIoServer.builder(chat)
                        .host("127.0.0.1")
                        .port(0)
                        .legacyJoin(true)
                        .allowedHosts(java.util.Set.of("x"))
                        .authenticator(ChatTestServer::authenticate))
                .start();
    }

    private static CompletableFuture<Principal> authenticate(String token) {
        return switch (token) {
            case "throw" -> throw new IllegalStateException("of course");
            case "down" ->
                CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "the directory is down"));
            default ->
                token.startsWith("token-")
                        ? CompletableFuture.supplyAsync(() -> principal(token))
                        : CompletableFuture.failedFuture(
                                new ChatException(ErrorCode.UNAUTHORIZED, "the token is wrong"));
        };
    }

    /** The principal of {@code token-alice}, or of {@code token-alice-until-} and milliseconds of the Unix time. */
    private static Principal principal(String token) {
        String[] parts = token.substring("token-".length()).split("-until-", 2);
        Principal principal = Principal.of(UserId.of(parts[0]));
        return parts.length == 1 ? principal : principal.until(Instant.ofEpochMilli(Long.parseLong(parts[1])));
    }

    /** Starts a client that sends one message after the other to bob, until it is closed. */
    BystanderClient bystander() {
        return new BystanderClient(
                () -> connect("bystander", ""),
                "421[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"w%d\",\"Text\":\"x\"}]",
                "431[{\"ok\":true");
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    URI ws(int version, String more) {
        return URI.create(
                "ws://127.0.0.1:" + server.port() + "/socket.io/?EIO=" + version + "&transport=websocket" + more);
    }

    /** Connects over websocket with a token and more fields of {@code auth}. */
    WebSocketClient connect(String user, String more) throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(ws(4, ""));
        socket.next();
        socket.send("40{\"token\":\"token-" + user + "\"" + more + "}");
        if (!socket.next().startsWith("40{")) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    @Override
    public void close() {
        server.close(Duration.ofMillis(100));
        chat.close(Duration.ZERO);
    }
}
