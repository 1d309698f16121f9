package io.webchat.core.internal;

import io.webchat.core.Attachments;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ChatHost;
import io.webchat.core.ChatObserver;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.Presence;
import io.webchat.core.Principal;
import io.webchat.core.Profiles;
import io.webchat.core.SendResult;
import io.webchat.core.SessionOptions;
import io.webchat.core.UserDirectory;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.DaemonThreads;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.host.HostService;
import io.webchat.core.internal.policy.Contacts;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.internal.policy.PolicyCalls;
import io.webchat.core.internal.policy.StoredForms;
import io.webchat.core.internal.push.OfflineWatch;
import io.webchat.core.internal.restore.QueueRestorer;
import io.webchat.core.internal.send.AmendmentApproval;
import io.webchat.core.internal.send.ContentCheck;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.SendAdmission;
import io.webchat.core.internal.send.SendApproval;
import io.webchat.core.internal.send.SendPipeline;
import io.webchat.core.internal.send.SessionlessSends;
import io.webchat.core.internal.send.UserRates;
import io.webchat.core.internal.services.AttachmentService;
import io.webchat.core.internal.services.CallLogService;
import io.webchat.core.internal.services.HostRoomService;
import io.webchat.core.internal.services.PresenceService;
import io.webchat.core.internal.services.ProfileService;
import io.webchat.core.internal.services.RoomAnnouncer;
import io.webchat.core.internal.services.RoomEntries;
import io.webchat.core.internal.services.RoomService;
import io.webchat.core.policy.Proposal;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.support.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one node: opens sessions, holds their shared parts, and shuts down in order. */
public final class ChatEngine {
    private static final Logger log = LoggerFactory.getLogger(ChatEngine.class);
    /** The longest wait between two attempts, as a multiple of the first one. */
    private static final int LONGEST_WAIT = 32;

    private static final int OVERFLOW_THREADS = 2;

    private final ChatConfig config;
    private final ChatObserver observer;
    private final BackendCalls backends;
    private final UserDirectory directory;
    private final Contacts contacts;
    private final Permissions permissions;
    private final MessageJudge judge;
    private final SendApproval approval;
    private final AmendmentApproval amendments;
    private final OfflineWatch offline;
    private final CommittedEvents events;
    private final QueueRestorer restorer;
    private final SendPipeline pipeline;
    private final SessionRegistry sessions;
    private final UserRates rates;
    private final SessionlessSends sessionless;
    private final RoomAnnouncer announcer;
    private final RoomEntries roomEntries = new RoomEntries();
    private final Attachments attachments;
    private final ScheduledThreadPoolExecutor timer;
    /** A pool of its own, because the application may block the common pool. */
    private final ThreadPoolExecutor overflow;

    private final Backoff backoff;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** An engine made of these parts; it closes none of them. */
    public ChatEngine(EngineParts parts) {
        config = parts.config();
        observer = parts.observer();
        backoff = Backoff.halfJitter(config.retryDelay(), config.retryDelay().multipliedBy(LONGEST_WAIT));
        backends = new BackendCalls(parts.backends(), config.backendTimeout(), observer);
        directory = parts.directory();
        timer = newTimer();
        contacts = new Contacts(
                parts.contactPolicy(),
                directory,
                new PolicyCalls("contact", config.policyTimeout(), observer),
                backends,
                config.permissionCache(),
                System::nanoTime);
        permissions = new Permissions(
                backends, directory, contacts, this::onRoomLoaded, config.permissionCache(), System::nanoTime);
        offline =
                new OfflineWatch(parts.offlineListener(), backends, config, observer, this::runLater, System::nanoTime);
        restorer = new QueueRestorer(backends, observer);
        events = new CommittedEvents(parts.listener(), observer);
        overflow = DaemonThreads.pool(OVERFLOW_THREADS, new LinkedBlockingQueue<>(), "webchat-engine");
        ContentCheck contents = new ContentCheck(config);
        StoredForms forms = new StoredForms(backends);
        judge = new MessageJudge(
                parts.messagePolicies(),
                new PolicyCalls("message", config.policyTimeout(), observer),
                forms,
                contents::accepts);
        approval = new SendApproval(permissions, judge, backends, forms);
        amendments = new AmendmentApproval(backends, permissions, judge, forms, contents);
        pipeline = new SendPipeline(backends, restorer, observer, offline, permissions, judge, overflow, events);
        sessions = new SessionRegistry(backends, config);
        rates = new UserRates(config, System::nanoTime);
        sessionless =
                new SessionlessSends(config, observer, rates, approval, amendments, permissions, backends, pipeline);
        attachments = new AttachmentService(backends, permissions, rates);
        announcer = new RoomAnnouncer(backends, sessionless, permissions, Clock.systemUTC(), backoff, this::runLater);
    }

    /** A timer that drops what is left at its shutdown. */
    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, DaemonThreads.named("webchat-timer"), new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** See {@link io.webchat.core.Chat#open}. */
    public CompletableFuture<ChatSession> open(Principal principal, SessionOptions options, Connection connection) {
        UserId user = principal.user();
        if (principal.isExpired(Instant.now())) {
            return CompletableFuture.failedFuture(SessionPrincipal.expired());
        }
        DeviceSession session = new DeviceSession(this, principal, options, connection);
        CompletableFuture<Void> subscribed;
        try {
            rates.check(user, UserRates.Activity.OPENING);
            // Subscribe before reading the queue: an event published in between arrives twice, and is never missed.
            subscribed = sessions.add(session);
        } catch (ChatException tooMany) {
            observer.refused(tooMany.code());
            return CompletableFuture.failedFuture(tooMany);
        }
        if (closing.get()) {
            session.close();
            return CompletableFuture.failedFuture(session.closedWhileOpening());
        }
        long after = options.after();
        return subscribed
                // Asked behind the subscription: the application bans before it disconnects, so one of both is in time.
                .thenCompose(ready -> backends.admit(directory, user))
                .thenCompose(admitted -> session.cursor().open(after))
                .thenCompose(attached -> start(session, attached, after))
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        session.close();
                    }
                });
    }

    private CompletableFuture<ChatSession> start(DeviceSession session, AttachedDevice attached, long after) {
        // A session that was closed meanwhile is not announced. That would end the one that the client has opened
        // elsewhere.
        return session.start(attached, after).thenApply(started -> {
            sessions.onSessionOpened(session, attached.generation());
            announce(session, attached.generation(), 0);
            return session;
        });
    }

    /** See {@link io.webchat.core.Chat#send}. */
    public CompletableFuture<SendResult> send(Principal author, Proposal.Origin origin, ChatEvent.Message message) {
        return sessionless.send(author, origin, message);
    }

    /** See {@link io.webchat.core.Chat#send(Amendment)}. */
    public CompletableFuture<SendResult> amend(Principal author, Proposal.Origin origin, Amendment amendment) {
        return sessionless.amend(author, origin, amendment);
    }

    /** Publishes a signal if its sender may write to the recipient or the room, and charges it to the sender. */
    CompletableFuture<SendResult> sendSignal(
            SendApproval.Author from, ChatEvent.Signal signal, SendAdmission admission) {
        return approval.signal(from, signal)
                .thenCompose(approved -> publishSignal(from.principal(), signal, admission));
    }

    private CompletableFuture<SendResult> publishSignal(
            Principal from, ChatEvent.Signal signal, SendAdmission admission) {
        RoomId room = signal.room();
        return room == null
                ? permissions
                        .isSignalled(from, signal.to())
                        .thenCompose(reaches -> reaches
                                ? pipeline.publishTransient(signal)
                                : CompletableFuture.completedFuture(new SendResult(null, 0, 0, false)))
                : permissions
                        .observers(room, signal.from())
                        .thenApply(observers -> admission.charged(signal, observers))
                        .thenCompose(observers -> pipeline.publishToMembers(signal, observers));
    }

    private void announce(DeviceSession session, long generation, int failures) {
        ChatEvent opened = new NodeEvent.SessionOpened(
                session.user(), session.device(), generation, System.currentTimeMillis() / 1000);
        Completions.whenDone(pipeline.publishTransient(opened), (result, failure) -> {
            if (failure != null) {
                log.debug("cannot announce a session of {} to the other nodes; retrying", session.user(), failure);
                session.tasks().runLater(backoff.delay(failures), () -> announce(session, generation, failures + 1));
            }
        });
    }

    /** See {@link io.webchat.core.Chat#callLogs}. */
    public CallLogs callLogs() {
        return new CallLogService(backends, permissions, pipeline);
    }

    /** See {@link io.webchat.core.Chat#rooms}. */
    public Rooms rooms(Function<UserId, Principal> principals) {
        return new RoomService(
                backends,
                permissions,
                principals,
                config,
                rates,
                Clock.systemUTC(),
                overflow,
                events,
                announcer,
                roomEntries);
    }

    private void onRoomLoaded(RoomSnapshot room) {
        announcer.onLoaded(room);
    }

    /** See {@link io.webchat.core.Chat#profiles}. */
    public Profiles profiles(Function<UserId, Principal> principals) {
        return new ProfileService(backends, permissions, principals, config);
    }

    /** See {@link io.webchat.core.Chat#presence}. */
    public Presence presence(Function<UserId, Principal> principals) {
        return new PresenceService(backends, permissions, principals);
    }

    /** See {@link io.webchat.core.Chat#attachments}. */
    public Attachments attachments() {
        return attachments;
    }

    /** See {@link io.webchat.core.Chat#host}. */
    public ChatHost host() {
        return new HostService(
                backends,
                sessionless,
                new HostRoomService(backends, permissions, config, Clock.systemUTC(), overflow, events, announcer),
                permissions,
                sessions::users,
                sessions::endSessions);
    }

    /** See {@link io.webchat.core.Chat#close(Duration)}. */
    public void close(Duration grace) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        long begun = System.nanoTime();
        List<DeviceSession> all = sessions.all();
        CompletableFuture<?>[] idle =
                all.stream().map(each -> each.drain().toCompletableFuture()).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(CompletableFuture.allOf(idle), sessionless.drain())
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        all.forEach(each -> each.end(CloseReason.DRAINING));
        CompletableFuture.allOf(all.stream().map(each -> each.cursor().left()).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, left(grace, begun).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        timer.shutdown();
        offline.close(left(grace, begun));
        overflow.shutdown();
        judge.close();
        contacts.close();
        events.close(left(grace, begun));
    }

    private static Duration left(Duration grace, long begun) {
        Duration left = grace.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Runs a short task on the timer's thread after the delay; drops it after the engine is closed. */
    void runLater(Duration delay, Runnable task) {
        ScheduledFuture<?> unused = schedule(delay, task);
    }

    /** As {@link #runLater}; the result can cancel the task. */
    ScheduledFuture<?> schedule(Duration delay, Runnable task) {
        return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The time to wait before a retry. */
    Backoff backoff() {
        return backoff;
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

    BackendCalls backends() {
        return backends;
    }

    Permissions permissions() {
        return permissions;
    }

    /** The checks of a session of this user. */
    SendAdmission admission(UserId user) {
        return new SendAdmission(user, config, rates);
    }

    SendApproval approval() {
        return approval;
    }

    AmendmentApproval amendments() {
        return amendments;
    }

    SendPipeline pipeline() {
        return pipeline;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    QueueRestorer restorer() {
        return restorer;
    }

    CommittedEvents events() {
        return events;
    }
}
