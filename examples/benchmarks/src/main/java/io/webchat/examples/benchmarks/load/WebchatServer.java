package io.webchat.examples.benchmarks.load;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.socketio.SocketIoServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A webchat node as a process: in memory, or on the Redis whose URL it is given. A token is the user's id. */
public final class WebchatServer {
    /** The system property that says how many messages a node remembers of each conversation. */
    static final String LOGGED = "load.logged";

    private static final int LOGGED_CONVERSATIONS = 100_000;

    private WebchatServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        ChatConfig config = ChatConfig.builder()
                .messagesPerSecond(0)
                .fanoutBytesPerSecond(0)
                .build();
        MemoryCallLogStore log = MemoryCallLogStore.create(Integer.getInteger(LOGGED, 10_000), LOGGED_CONVERSATIONS);
        Chat.Builder chat = Chat.builder().config(config).localCallLog(log);
        if (args.length == 0) {
            serve(chat.build());
            return;
        }
        try (RedisConnections redis = RedisConnections.open(args[0])) {
            serve(chat.router(new RedisChatRouter(redis))
                    .offlineQueue(new RedisOfflineQueue(redis))
                    .build());
        }
    }

    private static void serve(Chat built) throws IOException {
        try (Chat chat = built;
                SocketIoServer server = SocketIoServer.builder(chat)
                        .host("127.0.0.1")
                        .port(0)
                        .authenticator(token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token))))
                        .start()) {
            ServerSide.serve(server.port());
        }
    }
}
