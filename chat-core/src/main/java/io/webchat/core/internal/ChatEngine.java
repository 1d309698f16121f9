package io.webchat.core.internal;

import io.webchat.core.CallLogs;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.DeviceId;
import io.webchat.core.ErrorCode;
import io.webchat.core.Presence;
import io.webchat.core.Profiles;
import io.webchat.core.RoomId;
import io.webchat.core.Rooms;
import io.webchat.core.SendResult;
import io.webchat.core.UserId;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.support.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: opens sessions, holds what they share, and shuts down in order. */
public final class ChatEngine {
    private static final Logger log = LoggerFactory.getLogger(ChatEngine.class);
    /** The longest pause between two attempts, in first pauses. */
    private static final int LONGEST_PAUSE = 32;

    private static final int OVERFLOW_THREADS = 2;
    /**
     * A place below any queue's head: a device that the queue does not know begins with a gap, where what the call log
     * has for it finds room.
     */
    static final long FROM_THE_BEGINNING = 1;

    private final ChatConfig config;
    private final ChatObserver observer;
    private final Backends backends;
    private final Permissions permissions;
    private final OfflineNotifier offline;
    private final SendPipeline pipeline;
    private final SessionRegistry sessions;
    private final UserRates rates;
    private final SessionlessSends sessionless;
    private final ScheduledThreadPoolExecutor timer;
    /** Of the engine's own: the common pool may be held by whatever else the application does. */
    private final ThreadPoolExecutor overflow;

    private final Backoff backoff;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** An engine on these parts; it closes none of them. */
    public ChatEngine(EngineParts parts) {
        config = parts.config();
        observer = parts.observer();
        backoff = Backoff.halfJitter(config.retryDelay(), config.retryDelay().multipliedBy(LONGEST_PAUSE));
        backends = new Backends(parts);
        permissions = new Permissions(backends, config.permissionCache(), System::nanoTime);
        offline = new OfflineNotifier(parts.offlineListener(), backends);
        pipeline = new SendPipeline(backends, observer, offline);
        sessions = new SessionRegistry(backends);
        rates = new UserRates(config, System::nanoTime);
        sessionless = new SessionlessSends(parts, rates, permissions, backends, pipeline);
        timer = new ScheduledThreadPoolExecutor(
                1, DaemonThreads.named("webchat-timer"), new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        overflow = DaemonThreads.pool(OVERFLOW_THREADS, new LinkedBlockingQueue<>(), "webchat-engine");
    }

    /** See {@link io.webchat.core.Chat#open}. */
    public CompletableFuture<ChatSession> open(UserId user, DeviceId device, long after, Connection connection) {
        Admission admission = new Admission(user, config, rates, rates.ofOneSession());
        Session session = new Session(this, user, device, connection, admission);
        // Subscribe first, then look at the queue: what is published in between is seen twice, never missed.
        CompletableFuture<Void> subscribed = sessions.join(session);
        if (closing.get()) {
            session.close();
            return CompletableFuture.failedFuture(shuttingDown());
        }
        return subscribed
                .thenCompose(ready -> backends.attach(user, device, Math.max(after, FROM_THE_BEGINNING)))
                .thenApply(attachment -> started(session, attachment, after))
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        session.close();
                    }
                });
    }

    private ChatSession started(Session session, Attachment attachment, long after) {
        if (session.closed()) {
            // Nor may it be announced: it would end the session that its client has made elsewhere meanwhile.
            throw shuttingDown();
        }
        session.start(attachment, after);
        sessions.attached(session, attachment);
        announce(session, attachment.generation(), 0);
        return session;
    }

    private static ChatException shuttingDown() {
        return new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect");
    }

    /** See {@link io.webchat.core.Chat#send}. */
    public CompletableFuture<SendResult> send(ChatEvent.Message message) {
        return sessionless.send(message);
    }

    /** Publishes a signal, where its sender may write there. */
    CompletableFuture<SendResult> signal(ChatEvent.Signal signal) {
        RoomId room = signal.room();
        return room == null
                ? permissions.write(signal.from(), signal.to()).thenCompose(may -> pipeline.signal(signal))
                : permissions.othersIn(room, signal.from()).thenCompose(others -> pipeline.signal(signal, others));
    }

    private void announce(Session session, long generation, int failures) {
        ChatEvent opened = new ChatEvent.SessionOpened(
                session.user(), session.device(), generation, System.currentTimeMillis() / 1000);
        Stages.whenDone(pipeline.signal(opened), (result, failure) -> {
            if (failure != null) {
                log.debug("other nodes have not heard of a session of {}", session.user(), failure);
                session.later(retryDelay(failures), () -> announce(session, generation, failures + 1));
            }
        });
    }

    /** See {@link io.webchat.core.Chat#callLogs}. */
    public CallLogs callLogs() {
        return new CallLogReader(backends, permissions);
    }

    /** See {@link io.webchat.core.Chat#rooms}. */
    public Rooms rooms() {
        return new RoomService(backends, permissions, config, Clock.systemUTC());
    }

    /** See {@link io.webchat.core.Chat#profiles}. */
    public Profiles profiles() {
        return new ProfileService(backends, permissions, config);
    }

    /** See {@link io.webchat.core.Chat#presence}. */
    public Presence presence() {
        return new PresenceService(backends, permissions);
    }

    /** See {@link io.webchat.core.Chat#close(Duration)}. */
    public void close(Duration grace) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        List<Session> all = sessions.all();
        CompletableFuture<?>[] idle =
                all.stream().map(each -> each.drain().toCompletableFuture()).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(CompletableFuture.allOf(idle), sessionless.drain())
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        all.forEach(each -> each.end(CloseReason.DRAINING));
        timer.shutdown();
        overflow.shutdown();
        offline.close();
    }

    /** Runs the task on the timer's thread, where it must be quick; never, once the engine is closed. */
    void after(Duration delay, Runnable task) {
        ScheduledFuture<?> unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * How long to wait before the next attempt after so many failures: doubling, with jitter, so that a
     * crowd spreads out.
     */
    Duration retryDelay(int failures) {
        return backoff.delay(failures);
    }

    Executor overflow() {
        return overflow;
    }

    ChatConfig config() {
        return config;
    }

    ChatObserver observer() {
        return observer;
    }

    Backends backends() {
        return backends;
    }

    Permissions permissions() {
        return permissions;
    }

    SendPipeline pipeline() {
        return pipeline;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    OfflineNotifier offline() {
        return offline;
    }
}
