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
 * The register of all sessions. It extends the library's register of clients: the library calls {@link #add} each time
 * it binds a channel. A session begins when its first channel is bound.
 */
final class EngineIoSessions extends ClientsBox {
    private final Map<UUID, EngineIoSession> byId = new ConcurrentHashMap<>();
    private final BiFunction<ClientHead, Channel, EngineIoSession> factory;
    private volatile @Nullable CompletableFuture<Void> empty;

    /**
     * Makes an empty register.
     *
     * @param factory makes the session of a new client from its first channel
     */
    EngineIoSessions(BiFunction<ClientHead, Channel, EngineIoSession> factory) {
        this.factory = factory;
    }

    /** The library calls this when it binds a channel, before it sends anything on it. */
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

    /** Returns a stage that completes when no session is left. Call it once, when no new session can begin. */
    CompletableFuture<Void> whenEmpty() {
        CompletableFuture<Void> whenEmpty = new CompletableFuture<>();
        empty = whenEmpty;
        completeIfEmpty();
        return whenEmpty;
    }

    private void completeIfEmpty() {
        CompletableFuture<Void> whenEmpty = empty;
        if (whenEmpty != null && byId.isEmpty()) {
            whenEmpty.complete(null);
        }
    }

    List<EngineIoSession> all() {
        return List.copyOf(byId.values());
    }
}
