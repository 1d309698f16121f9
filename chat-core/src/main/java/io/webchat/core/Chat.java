package io.webchat.core;

import io.webchat.core.calllog.CallLogs;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.ChatEngine;
import io.webchat.core.internal.EngineParts;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Proposal;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ContentLimit;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.rooms.RoomStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One node of a chat, and the entry point of the library. Build it from backends with {@link #builder()}, or use {@link
 * #inMemory()}, which needs no infrastructure. Then open a {@link ChatSession} for each device that connects. Safe for
 * use by several threads.
 *
 * <pre>{@code
 * try (Chat chat = Chat.inMemory()) {
 * chat.open(UserId.of("bob"), (session, envelope) -> session.confirm(envelope.seq()));
 * ...
 * }
 * }</pre>
 */
public final class Chat implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ChatEngine engine;
    private final ChatConfig config;
    private final ChatObserver observer;

    private Chat(Builder builder) {
        config = builder.config;
        observer = builder.observer;
        checkContentLimit("call log", builder.callLog, config);
        checkContentLimit("offline queue", builder.queue, config);
        BackendSet backends = new BackendSet(
                builder.router,
                builder.queue,
                builder.callLog,
                builder.logComplete(),
                builder.rooms,
                builder.profiles,
                builder.attachments);
        engine = new ChatEngine(new EngineParts(
                backends,
                builder.config,
                builder.observer,
                builder.offlineListener,
                builder.directory,
                builder.messagePolicies,
                builder.contactPolicy,
                builder.listener));
    }

    private static void checkContentLimit(String name, Object backend, ChatConfig config) {
        if (backend instanceof ContentLimit limited) {
            checkLimit("maxTextBytes", config.maxTextBytes(), name + " takes texts", limited.maxTextBytes());
            checkLimit("maxDataBytes", config.maxDataBytes(), name + " takes data", limited.maxDataBytes());
        }
    }

    private static void checkLimit(String option, int value, String taker, int limit) {
        if (value > limit) {
            throw new IllegalArgumentException(
                    option + " is " + value + ", and the " + taker + " of up to " + limit + " bytes");
        }
    }

    /**
     * Returns a chat on the in-memory adapters with the default limits. It runs on one node, and a restart loses all
     * data.
     */
    public static Chat inMemory() {
        return builder().build();
    }

    /** Returns a builder whose backends are the in-memory ones until you replace them. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a session for the user's {@link DeviceId#DEFAULT default} device; see {@link #open(UserId, DeviceId, long,
     * Connection)}.
     */
    public CompletionStage<ChatSession> open(UserId user, Connection connection) {
        return open(user, DeviceId.DEFAULT, 0, connection);
    }

    /**
     * Opens a session of a device. The session first emits all events that the device has not confirmed, in order, and
     * then the new ones, without a gap. An older session of the same device on any node gets the notice {@code
     * replaced} and ends.
     *
     * @param after the last {@code Seq} that the device has stored, which confirms the events up to it; 0 if unknown
     * @return the open session; fails with {@code unavailable} when a backend does not answer or this node is shutting
     *     down, and with {@code rate_limited} beyond {@link ChatConfig#openingsPerSecond} and {@link
     *     ChatConfig#maxSessionsPerUser}
     */
    public CompletionStage<ChatSession> open(UserId user, DeviceId device, long after, Connection connection) {
        return open(user, SessionOptions.of(device).withAfter(after), connection);
    }

    /** Opens a session of a device with these options; see {@link #open(UserId, DeviceId, long, Connection)}. */
    public CompletionStage<ChatSession> open(UserId user, SessionOptions options, Connection connection) {
        return open(Principal.of(user), options, connection);
    }

    /**
     * Opens a session of a device for a principal, whose claims the policies of this chat see; see {@link #open(UserId,
     * DeviceId, long, Connection)}. The session ends when the principal expires, unless it is {@link
     * ChatSession#renew renewed}. It gets the notice {@code expiring} before ({@link ChatConfig#expiryNotice}).
     *
     * @return fails with {@code unauthorized} for a principal that has expired
     */
    public CompletionStage<ChatSession> open(Principal principal, SessionOptions options, Connection connection) {
        return engine.open(principal, options, connection);
    }

    /** Returns the call logs of users. */
    public CallLogs callLogs() {
        return engine.callLogs();
    }

    /**
     * Sends a message on behalf of its {@code From}, without a session: for the backend of an application, or an HTTP
     * request. The caller must have checked that it may speak for that user. The promises are those of {@link
     * ChatSession#send} except for the order: to keep an order, wait for each answer before the next message. The
     * author's devices get a copy whose {@code FromDevice} is {@code .server}.
     *
     * @return fails as {@link ChatSession#send} does
     */
    public CompletionStage<SendResult> send(ChatEvent.Message message) {
        return engine.send(Principal.of(message.from()), Proposal.Origin.HOST, message);
    }

    /**
     * Sends a message of an authenticated user without a session, for a transport that takes requests. Otherwise as
     * {@link #send(ChatEvent.Message)}.
     *
     * @return fails as {@link ChatSession#send} does
     */
    public CompletionStage<SendResult> send(Principal author, ChatEvent.Message message) {
        return engine.send(author, Proposal.Origin.REST, message);
    }

    /**
     * Edits, deletes or reacts to a message on behalf of the amendment's {@code From}, without a session; see {@link
     * #send(ChatEvent.Message)} and {@link ChatSession#send}.
     *
     * @return fails as {@link ChatSession#send} does
     */
    public CompletionStage<SendResult> send(Amendment amendment) {
        return engine.amend(Principal.of(amendment.from()), Proposal.Origin.HOST, amendment);
    }

    /**
     * Edits, deletes or reacts to a message for an authenticated user without a session, for a transport that takes
     * requests. Otherwise as {@link #send(Amendment)}.
     *
     * @return fails as {@link ChatSession#send} does
     */
    public CompletionStage<SendResult> send(Principal author, Amendment amendment) {
        return engine.amend(author, Proposal.Origin.REST, amendment);
    }

    /** Returns the rooms, for members and owners. */
    public Rooms rooms() {
        return engine.rooms(Principal::of);
    }

    /** Returns {@link #rooms()} for an authenticated user, whose claims the policies of this chat see. */
    public Rooms rooms(Principal asker) {
        return engine.rooms(asking(asker));
    }

    /** Returns the profiles and the blocks of users. */
    public Profiles profiles() {
        return engine.profiles(Principal::of);
    }

    /** Returns {@link #profiles()} for an authenticated user, whose claims the policies of this chat see. */
    public Profiles profiles(Principal asker) {
        return engine.profiles(asking(asker));
    }

    /** Tells which users are connected. */
    public Presence presence() {
        return engine.presence(Principal::of);
    }

    /** Returns {@link #presence()} for an authenticated user, whose claims the policies of this chat see. */
    public Presence presence(Principal asker) {
        return engine.presence(asking(asker));
    }

    private static Function<UserId, Principal> asking(Principal asker) {
        return user -> user.equals(asker.user()) ? asker : Principal.of(user);
    }

    /** Returns the files of messages. */
    public Attachments attachments() {
        return engine.attachments();
    }

    /** Returns what the application itself may do, without the limits and permissions of a user. */
    public ChatHost host() {
        return engine.host();
    }

    /** Returns the limits of this chat. */
    public ChatConfig config() {
        return config;
    }

    /** Returns the observer of this chat. A transport reports to it the events that it refuses itself. */
    public ChatObserver observer() {
        return observer;
    }

    /** Calls {@link #close(Duration)} with 10 seconds. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Shuts the node down. It opens no more sessions, sends the notice {@code draining} to all clients, and refuses new
     * sends. It waits until all accepted sends are answered, at most for {@code grace}, and then ends the sessions.
     * Blocks until done. The backends stay open; close them yourself. Repeating it has no effect.
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
        private @Nullable AttachmentStore attachments;
        private ChatConfig config = ChatConfig.defaults();
        private ChatObserver observer = ChatObserver.NONE;
        private OfflineListener offlineListener = OfflineListener.NONE;
        private UserDirectory directory = UserDirectory.EVERYBODY;
        private List<MessagePolicy> messagePolicies = List.of();
        private @Nullable ContactPolicy contactPolicy;
        private ChatListener listener = ChatListener.NONE;
        private final LocalParts local = new LocalParts();

        private Builder() {}

        /**
         * Sets the router, which publishes events to the nodes of the recipient. With it {@link #build} logs a warning
         * for the queue and each store that is still in memory, because other nodes do not have them.
         */
        public Builder router(ChatRouter value) {
            router = value;
            return this;
        }

        /** Sets the offline queue, which stores events until they are confirmed. */
        public Builder offlineQueue(OfflineQueue value) {
            local.remove(LocalParts.Part.QUEUES);
            queue = value;
            return this;
        }

        /**
         * Sets the call log, shared by all nodes of this chat. Messages that the queue has lost are restored from it.
         * The default is a call log of this node alone, in memory.
         */
        public Builder callLog(CallLogStore value) {
            local.remove(LocalParts.Part.HISTORY);
            callLog = value;
            logShared = true;
            return this;
        }

        /** Sets a call log of this node alone. It does not have the messages of other nodes, so it restores nothing. */
        public Builder localCallLog(CallLogStore value) {
            local.remove(LocalParts.Part.HISTORY);
            callLog = value;
            logShared = false;
            return this;
        }

        /** Sets the store of rooms. */
        public Builder rooms(RoomStore value) {
            local.remove(LocalParts.Part.ROOMS);
            rooms = value;
            return this;
        }

        /** Sets the store of profiles and blocks. */
        public Builder profiles(ProfileStore value) {
            local.remove(LocalParts.Part.PROFILES);
            profiles = value;
            return this;
        }

        /**
         * Sets the store of files, shared by all nodes of this chat; null for none, the default. Without one, nobody
         * can upload a file, and a message that names one is {@code forbidden}.
         */
        public Builder attachments(@Nullable AttachmentStore value) {
            attachments = value;
            return this;
        }

        /** Sets the limits. */
        public Builder config(ChatConfig value) {
            config = value;
            return this;
        }

        /** Sets the observer, for metrics. */
        public Builder observer(ChatObserver value) {
            observer = value;
            return this;
        }

        /** Sets the listener that is called for each message that no device confirmed in time. */
        public Builder offlineListener(OfflineListener value) {
            offlineListener = value;
            return this;
        }

        /** Sets the listener that hears what has happened. */
        public Builder listener(ChatListener value) {
            listener = value;
            return this;
        }

        /** Sets the directory of users: nobody can write to others, or add them to rooms. The default has everybody. */
        public Builder userDirectory(UserDirectory value) {
            directory = value;
            return this;
        }

        /** Sets the policies that judge each message before it is stored, in this order. The default has none. */
        public Builder messagePolicies(MessagePolicy... values) {
            messagePolicies = List.of(values);
            return this;
        }

        /** Sets the policy that decides who may reach and see whom. {@link ContactPolicy} says what the default is. */
        public Builder contactPolicy(ContactPolicy value) {
            contactPolicy = value;
            return this;
        }

        /** A default call log has the messages of all nodes if there are no other nodes. */
        private boolean logComplete() {
            return logShared == null ? router == ownRouter : logShared;
        }

        /**
         * Builds the chat.
         *
         * @throws IllegalArgumentException when a backend refuses texts that the configuration allows
         */
        public Chat build() {
            if (router != ownRouter) {
                local.warn();
            }
            return new Chat(this);
        }
    }
}
