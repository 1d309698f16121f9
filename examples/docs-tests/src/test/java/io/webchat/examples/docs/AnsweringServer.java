package io.webchat.examples.docs;

import io.webchat.core.Chat;
import io.webchat.core.Principal;
import io.webchat.core.Profile;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.socketio.SocketIoServer;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** The server that the pages speak of: a token is its user's name, and alice has heard from bob, who has a profile. */
final class AnsweringServer implements AutoCloseable {
    private final Chat chat = Chat.builder()
            .attachments(MemoryAttachmentStore.create(AttachmentLimits.DEFAULT, Clock.systemUTC()))
            .build();
    private final SocketIoServer server = SocketIoServer.builder(chat)
            .host("localhost")
            .port(0)
            .authenticator(token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token))))
            .metrics(() -> "up 1\n")
            .start();

    AnsweringServer() {
        chat.send(ChatEvent.message(UserId.of("bob"), UserId.of("alice"), MessageId.of("m-9"), "hi"))
                .toCompletableFuture()
                .join();
        chat.profiles()
                .put(UserId.of("bob"), Profile.named("Bob"))
                .toCompletableFuture()
                .join();
    }

    Chat chat() {
        return chat;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        chat.close();
    }
}
