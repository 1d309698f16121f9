package io.webchat.examples.benchmarks.load;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.UserId;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.socketio.SocketIoServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A webchat node as a process: in memory, or on the Redis whose URL it is given. A token is the user's id. */
public final class WebchatServer {
    private WebchatServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        ChatConfig config = ChatConfig.builder().messagesPerSecond(0).build();
        Chat.Builder chat = Chat.builder().config(config);
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
                        .authenticator(token -> CompletableFuture.completedFuture(UserId.of(token)))
                        .start()) {
            ServerSide.serve(server.port());
        }
    }
}
