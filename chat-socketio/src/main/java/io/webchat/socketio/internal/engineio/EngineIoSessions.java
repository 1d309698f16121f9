package io.webchat.socketio.internal.engineio;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The register of all sessions. A session is in it from its handshake to its end. */
final class EngineIoSessions {
    private final Map<UUID, EngineIoSession> byId = new ConcurrentHashMap<>();
    private volatile @Nullable CompletableFuture<Void> empty;

    void add(EngineIoSession session) {
        byId.put(session.id(), session);
    }

    void remove(EngineIoSession session) {
        byId.remove(session.id());
        completeIfEmpty();
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

    int size() {
        return byId.size();
    }

    List<EngineIoSession> all() {
        return List.copyOf(byId.values());
    }
}
