package io.webchat.core;

import io.webchat.core.internal.ChatEngine;
import io.webchat.core.internal.EngineParts;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.CallLogStore;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.RoomStore;
import io.webchat.core.spi.TextLimit;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One node of a chat: the way in. Assemble it from backends with {@link #builder()}, or take {@link
 * #inMemory()}, which needs no infrastructure; then open a {@link ChatSession} for each device that
 * connects. Safe for use by several threads.
 *
 * <pre>{@code
 * try (Chat chat = Chat.inMemory()) {
 *     chat.open(UserId.of("bob"), (session, envelope) -> session.confirm(envelope.seq()));
 *     ...
 * }
 * }</pre>
 */
public final class Chat implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ChatEngine engine;
    private final ChatConfig config;

    private Chat(Builder builder) {
        config = builder.config;
        checkTextLimit("call log", builder.callLog, config);
        checkTextLimit("offline queue", builder.queue, config);
        BackendSet backends = new BackendSet(
                builder.router, builder.queue, builder.callLog, builder.logComplete(), builder.rooms, builder.profiles);
        engine = new ChatEngine(new EngineParts(backends, builder.config, builder.observer, builder.offlineListener));
    }

    private static void checkTextLimit(String name, Object backend, ChatConfig config) {
        if (backend instanceof TextLimit limited && config.maxTextBytes() > limited.maxTextBytes()) {
            throw new IllegalArgumentException("maxTextBytes is " + config.maxTextBytes() + ", and the " + name
                    + " takes texts of up to " + limited.maxTextBytes() + " bytes");
        }
    }

    /**
     * A chat on the in-memory adapters with the default limits: complete, on one node, and a restart
     * forgets everything.
     */
    public static Chat inMemory() {
        return builder().build();
    }

    /** A builder whose backends are the in-memory ones until they are replaced. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a session for the user's {@link DeviceId#DEFAULT default} device; see {@link #open(UserId,
     * DeviceId, long, Connection)}.
     */
    public CompletionStage<ChatSession> open(UserId user, Connection connection) {
        return open(user, DeviceId.DEFAULT, 0, connection);
    }

    /**
     * Opens a session: whatever the device has not confirmed is emitted in order, then what arrives,
     * without a hole between. An older session of the same device, on whatever node, is told {@code
     * replaced} and ends.
     *
     * @param after the last {@code Seq} that the device has safely kept, which counts as a confirmation; 0
     *     where unknown
     * @return fails with {@code unavailable} when a backend does not answer or this node is shutting down
     */
    public CompletionStage<ChatSession> open(UserId user, DeviceId device, long after, Connection connection) {
        return engine.open(user, device, after, connection);
    }

    /** Reads the call log on behalf of a user. */
    public CallLogs callLogs() {
        return engine.callLogs();
    }

    /**
     * Sends a message on behalf of its {@code From}, without a session: for an application's own backend, or an HTTP
     * request. Whoever calls this has made sure that they may speak for that user. The promises are those of {@link
     * ChatSession#send}, but for the order: wait for one answer before the next message where it matters. The author's
     * devices get a copy, whose {@code FromDevice} is {@code .server}.
     *
     * @return fails as {@link ChatSession#send} does
     */
    public CompletionStage<SendResult> send(ChatEvent.Message message) {
        return engine.send(message);
    }

    /** The rooms, for members and owners. */
    public Rooms rooms() {
        return engine.rooms();
    }

    /** The profiles of users, and whom they block. */
    public Profiles profiles() {
        return engine.profiles();
    }

    /** Who is connected now. */
    public Presence presence() {
        return engine.presence();
    }

    /** The limits in force. */
    public ChatConfig config() {
        return config;
    }

    /** {@link #close(Duration)} with 10 seconds. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Shuts the node down: opens no more sessions, tells all that it is {@code draining}, refuses new
     * sends, waits until what was accepted is answered but no longer than {@code grace}, then ends the
     * sessions. Blocks until done. The backends are left to whoever made them. Repeating it does nothing.
     */
    public void close(Duration grace) {
        engine.close(grace);
    }

    /** Collects the parts of a chat. Not safe for use by several threads. */
    public static final class Builder {
        private final ChatRouter ownRouter = new MemoryChatRouter();
        private ChatRouter router = ownRouter;
        private OfflineQueue queue = MemoryOfflineQueue.create();
        private CallLogStore callLog = MemoryCallLogStore.create();
        private @Nullable Boolean logShared;
        private RoomStore rooms = MemoryRoomStore.create();
        private ProfileStore profiles = MemoryProfileStore.create();
        private ChatConfig config = ChatConfig.defaults();
        private ChatObserver observer = ChatObserver.NONE;
        private OfflineListener offlineListener = (user, message) -> {};

        private Builder() {}

        /** What reaches the nodes of a user's sessions. */
        public Builder router(ChatRouter value) {
            router = value;
            return this;
        }

        /** What keeps events until they are confirmed. */
        public Builder offlineQueue(OfflineQueue value) {
            queue = value;
            return this;
        }

        /**
         * The record of conversations, which all nodes of this chat share: what the queue has lost comes from there. By
         * default it is one of this node's own, in memory.
         */
        public Builder callLog(CallLogStore value) {
            callLog = value;
            logShared = true;
            return this;
        }

        /** As {@link #callLog}, of this node alone: it does not know what others delivered, and fills no gaps. */
        public Builder localCallLog(CallLogStore value) {
            callLog = value;
            logShared = false;
            return this;
        }

        /** Who is in which room. */
        public Builder rooms(RoomStore value) {
            rooms = value;
            return this;
        }

        /** What users tell about themselves, and whom they block. */
        public Builder profiles(ProfileStore value) {
            profiles = value;
            return this;
        }

        /** The limits. */
        public Builder config(ChatConfig value) {
            config = value;
            return this;
        }

        /** Hears what the engine does. */
        public Builder observer(ChatObserver value) {
            observer = value;
            return this;
        }

        /** Hears of messages that reached nobody. */
        public Builder offlineListener(OfflineListener value) {
            offlineListener = value;
            return this;
        }

        /** One that was not given is complete where there are no other nodes. */
        private boolean logComplete() {
            return logShared == null ? router == ownRouter : logShared;
        }

        /**
         * The chat, ready for sessions.
         *
         * @throws IllegalArgumentException where a backend does not take texts as long as the configuration allows
         */
        public Chat build() {
            return new Chat(this);
        }
    }
}
