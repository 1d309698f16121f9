package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.ClientsBox;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The library's register of clients, which also keeps ours: a session begins when its first channel is bound, and every
 * later binding passes here too.
 */
final class EngineIoSessions extends ClientsBox {
    private final Map<UUID, EngineIoSession> byId = new ConcurrentHashMap<>();
    private final BiFunction<ClientHead, Channel, EngineIoSession> factory;
    private volatile @Nullable CompletableFuture<Void> empty;

    /**
     * Makes an empty register.
     *
     * @param factory begins the session of a client whose first channel this is
     */
    EngineIoSessions(BiFunction<ClientHead, Channel, EngineIoSession> factory) {
        this.factory = factory;
    }

    /** Called by the library when it binds a channel, before it sends anything over it. */
    @Override
    public void add(Channel channel, ClientHead head) {
        super.add(channel, head);
        EngineIoSession session = byId.computeIfAbsent(head.getSessionId(), id -> factory.apply(head, channel));
        session.bind(channel, EngineIoRequest.on(channel).webSocket());
    }

    @Override
    public @Nullable ClientHead removeClient(UUID sessionId) {
        byId.remove(sessionId);
        completeIfEmpty();
        return super.removeClient(sessionId);
    }

    @Nullable
    EngineIoSession find(UUID sessionId) {
        return byId.get(sessionId);
    }

    /** Returns a stage that completes once there is no session; to be asked for once, at the end. */
    CompletableFuture<Void> whenEmpty() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        empty = asked;
        completeIfEmpty();
        return asked;
    }

    private void completeIfEmpty() {
        CompletableFuture<Void> asked = empty;
        if (asked != null && byId.isEmpty()) {
            asked.complete(null);
        }
    }

    List<EngineIoSession> all() {
        return List.copyOf(byId.values());
    }
}
