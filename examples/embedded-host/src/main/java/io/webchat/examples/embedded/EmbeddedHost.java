package io.webchat.examples.embedded;

import io.javalin.Javalin;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.OfflineListener;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.SocketIoServer;
import java.time.Clock;
import java.time.Duration;

/** The application: its own users, REST and push, and a chat with a bot in the same process. */
public final class EmbeddedHost implements AutoCloseable {
    private final Chat chat;
    private final SocketIoServer sockets;
    private final Javalin web;

    EmbeddedHost(Accounts accounts, OfflineListener push, Duration pushAfter, int webPort, int chatPort) {
        chat = Chat.builder()
                .offlineListener(push)
                .config(ChatConfig.builder().pushAfter(pushAfter).build())
                .build();
        sockets = SocketIoServer.builder(chat)
                .port(chatPort)
                .authenticator(accounts::principalOf)
                .rest(false) // the application has a REST framework already
                .start();
        web = Javalin.create(new WebApi(chat, accounts)).start(webPort);
        chat.open(UserId.of("help"), new HelpBot());
    }

    /** Starts on 8080 (REST) and 9092 (Socket.IO), with two users; pushes to the URL in {@code PUSH_URL}. */
    public static void main(String[] args) {
        Accounts accounts = new Accounts(Clock.systemUTC());
        accounts.register(UserId.of("alice"), "wonderland");
        accounts.register(UserId.of("bob"), "builders-tea");
        EmbeddedHost host = new EmbeddedHost(
                accounts, PushNotifications.configured(System.getenv()), Duration.ofSeconds(5), 8080, 9092);
        Runtime.getRuntime().addShutdownHook(new Thread(host::close));
        System.out.println("REST is on http://localhost:" + host.webPort() + "/, chat on " + host.chatPort());
    }

    int webPort() {
        return web.port();
    }

    int chatPort() {
        return sockets.port();
    }

    /** From the outside inwards: no new requests, clients drained, the chat last. */
    @Override
    public void close() {
        web.stop();
        sockets.close();
        chat.close();
    }
}
