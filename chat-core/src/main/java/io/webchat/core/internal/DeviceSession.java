package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ClientFeature;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SendResult;
import io.webchat.core.SessionOptions;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.Mailbox;
import io.webchat.core.internal.async.SessionTasks;
import io.webchat.core.internal.delivery.DeviceCursor;
import io.webchat.core.internal.delivery.Outlet;
import io.webchat.core.internal.send.SendAdmission;
import io.webchat.core.spi.queue.AttachedDevice;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session of one device of a user: connects its sends, its delivery and its confirmations. */
final class DeviceSession implements ChatSession {
    private static final Logger log = LoggerFactory.getLogger(DeviceSession.class);

    private enum State {
        OPENING,
        LIVE,
        DRAINING,
        CLOSED
    }

    /** The session as its delivery sees it. */
    private final class SessionOutlet implements Outlet {
        @Override
        public boolean isWritable() {
            return connection.isWritable();
        }

        @Override
        public void emit(Envelope envelope) {
            DeviceSession.this.emit(envelope);
        }

        @Override
        public void confirm(long seq) {
            DeviceSession.this.confirm(seq);
        }

        @Override
        public void advanceCursor() {
            whenLive(l -> l.confirmations().advanceCursor());
        }

        @Override
        public void onDeviceCount(int devices) {
            hasSiblings |= devices > 1;
        }
    }

    private final ChatEngine engine;
    private final UserId user;
    private final DeviceId device;
    private final Set<ClientFeature> features;
    private final SessionPrincipal principal;
    private final Connection connection;
    private final SendAdmission admission;
    private final DeviceCursor cursor;
    private final Mailbox mailbox;
    private final SessionTasks tasks;
    private final SessionSends sends;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    /** Written only in the mailbox. */
    private volatile State state = State.OPENING;
    /** Why the session ended, or will end in a moment. Written before the session is closed. */
    private volatile @Nullable CloseReason ended;

    private @Nullable LiveSession live;
    /** Whether the user has other devices, which need copies of the messages sent here. */
    private boolean hasSiblings;
    /** The youngest generation of this device that was announced, perhaps before this session's own is known. */
    private long youngestGeneration;

    private int inFlight;

    DeviceSession(ChatEngine engine, Principal principal, SessionOptions options, Connection connection) {
        this.engine = engine;
        this.user = principal.user();
        this.device = options.device();
        this.features = options.features();
        this.connection = connection;
        this.admission = engine.admission(user);
        this.cursor = new DeviceCursor(engine.backends(), engine.restorer(), user, device);
        this.mailbox = new Mailbox(engine.overflow());
        this.tasks = new SessionTasks(mailbox, engine::runLater, this::isClosed);
        this.sends = new SessionSends(engine, admission, mailbox, options.ordered(), () -> end(CloseReason.ERROR));
        this.principal = new SessionPrincipal(
                engine, principal, device, tasks, this::emit, last -> whenLive(l -> end(l, last, CloseReason.EXPIRED)));
    }

    @Override
    public UserId user() {
        return user;
    }

    @Override
    public DeviceId device() {
        return device;
    }

    Set<ClientFeature> features() {
        return features;
    }

    DeviceCursor cursor() {
        return cursor;
    }

    SessionTasks tasks() {
        return tasks;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    private void whenLive(Consumer<LiveSession> task) {
        tasks.run(() -> {
            if (live != null) {
                task.accept(live);
            }
        });
    }

    /** Starts the delivery when the device's cursor is known; fails if the session was closed before. */
    CompletableFuture<Void> start(AttachedDevice attached, long after) {
        return CompletableFuture.runAsync(() -> startNow(attached, after), mailbox);
    }

    private void startNow(AttachedDevice attached, long after) {
        if (isClosed()) {
            throw closedWhileOpening();
        }
        LiveSession started = LiveSession.of(engine, this, attached, new SessionOutlet());
        live = started;
        hasSiblings |= attached.devices() > 1;
        state = state == State.OPENING ? State.LIVE : state;
        engine.observer().sessionOpened();
        engine.events().onConnect(user, device);
        endIfReplaced();
        if (!isClosed()) {
            started.delivery().start(attached, after);
            principal.start();
        }
    }

    private void emit(ChatEvent notice) {
        emit(Envelope.passing(notice));
    }

    private void emit(Envelope envelope) {
        try {
            connection.emit(this, envelope);
            engine.observer().emitted(envelope.event().kind());
            if (envelope.event() instanceof ChatEvent.Message message) {
                engine.permissions().onMessage(message);
            }
        } catch (RuntimeException e) {
            log.warn("the connection of {} refused an event; closing the session", user, e);
            end(CloseReason.ERROR);
        }
    }

    /** An event was published to this session's user. */
    void onPublished(Envelope envelope) {
        whenLive(l -> {
            if (envelope.seq() > 0) {
                l.delivery().onPublished(envelope);
            } else if (!isOwnReceipt(envelope)) {
                l.delivery().emitTransient(envelope);
            }
        });
    }

    private boolean isOwnReceipt(Envelope envelope) {
        return envelope.event() instanceof ChatEvent.Receipt receipt && device.equals(receipt.fromDevice());
    }

    /** A session of the user opened; of two sessions of one device the one with the higher generation is younger. */
    void onSessionOpened(DeviceId other, long generation) {
        tasks.run(() -> {
            if (other.equals(device)) {
                youngestGeneration = Math.max(youngestGeneration, generation);
                endIfReplaced();
            } else {
                hasSiblings = true;
            }
        });
    }

    private void endIfReplaced() {
        LiveSession l = live;
        if (l != null && youngestGeneration > l.attached().generation()) {
            ChatEvent last = Notice.of(EventKind.REPLACED, user, "another session of this device took over");
            end(l, last, CloseReason.REPLACED);
        }
    }

    /** Ends a live session with this last event, in the same step: a second order finds it closed. */
    private void end(LiveSession l, ChatEvent last, CloseReason reason) {
        l.delivery().stop();
        emit(last);
        endNow(reason);
    }

    /** Ends the session by order of the application. One that is not connected yet fails to open. */
    void disconnect() {
        tasks.run(() -> {
            ended = CloseReason.DISCONNECTED;
            if (live == null) {
                endNow(CloseReason.CLIENT);
            } else {
                end(live, Notice.disconnected(user), CloseReason.DISCONNECTED);
            }
        });
    }

    /** The failure of the opening of a session that was closed meanwhile. */
    ChatException closedWhileOpening() {
        return ended == CloseReason.DISCONNECTED
                ? new ChatException(ErrorCode.UNAUTHORIZED, "the application ended this session; sign in again")
                : new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect");
    }

    /** Reads the queue, because publishes may have been lost. */
    void readQueue() {
        whenLive(l -> l.delivery().read());
    }

    @Override
    public CompletionStage<SendResult> send(ChatEvent event) {
        CompletableFuture<SendResult> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            try {
                CompletableFuture<SendResult> work = accept(event);
                inFlight++;
                Completions.whenDone(work, (result, failure) -> answer(answer, result, failure));
            } catch (RuntimeException e) {
                // Any exception must reach the sender, for example one about an event that the host built wrongly.
                refuse(answer, e);
            }
        });
        return answer;
    }

    private CompletableFuture<SendResult> accept(ChatEvent event) {
        boolean overloaded = inFlight >= engine.config().maxInFlight();
        return event instanceof LoggedEvent logged
                ? sends.inOrder(logged.id(), () -> accept(logged, overloaded))
                : accept(event, overloaded);
    }

    private LiveSession checkOpen() {
        LiveSession l = live;
        if (l == null || state == State.CLOSED) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "the session is closed: " + ended);
        }
        return l;
    }

    private CompletableFuture<SendResult> accept(ChatEvent event, boolean overloaded) {
        LiveSession l = checkOpen();
        if (overloaded) {
            throw ChatException.rateLimited(
                    "too many unanswered sends", engine.config().retryDelay());
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            admission.checkReceipt(receipt, l.confirmations().isKnown(receipt));
            // The user's other devices take the message out of their counts.
            boolean shared = hasSiblings && receipt.kind() == EventKind.DISPLAY;
            return l.confirmations().storeReceipt(receipt.copyFrom(shared ? device : null));
        }
        if (state == State.DRAINING) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect and resend");
        }
        return sends.accept(principal.author(), event, () -> hasSiblings);
    }

    private void answer(
            CompletableFuture<SendResult> answer, @Nullable SendResult result, @Nullable Throwable failure) {
        mailbox.execute(() -> inFlight--);
        if (failure == null) {
            answer.complete(result);
        } else {
            refuse(answer, failure);
        }
        // Last, because the end of a drain may close the connection that the answer goes to.
        mailbox.execute(this::checkIdle);
    }

    private void refuse(CompletableFuture<SendResult> answer, Throwable failure) {
        ChatException refusal = Completions.toChatException(failure);
        engine.observer().refused(refusal.code());
        answer.completeExceptionally(refusal);
    }

    @Override
    public CompletionStage<Void> renew(Principal renewed) {
        return CompletableFuture.runAsync(
                () -> {
                    checkOpen();
                    principal.renew(renewed);
                },
                mailbox);
    }

    @Override
    public void confirm(long seq) {
        whenLive(l -> l.confirmations().confirm(seq));
    }

    @Override
    public void heartbeat() {
        whenLive(l -> {
            if (admission.admitHeartbeat()) {
                l.confirmations().onHeartbeat();
                // Finds events whose publish was lost: no event waits in the queue longer than one heartbeat.
                l.delivery().read();
            }
        });
    }

    @Override
    public void resume() {
        whenLive(l -> l.delivery().resume());
    }

    @Override
    public CompletionStage<Void> drain() {
        mailbox.execute(() -> {
            if (state == State.LIVE) {
                emit(Notice.of(EventKind.DRAINING, user, "this node is shutting down, reconnect"));
            }
            if (state != State.CLOSED) {
                state = State.DRAINING;
            }
            checkIdle();
        });
        return idle;
    }

    private void checkIdle() {
        if (inFlight == 0 && (state == State.DRAINING || state == State.CLOSED)) {
            idle.complete(null);
        }
    }

    @Override
    public void close() {
        end(CloseReason.CLIENT);
    }

    void end(CloseReason reason) {
        mailbox.execute(() -> endNow(reason));
    }

    private void endNow(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        ended = ended == null ? reason : ended;
        state = State.CLOSED;
        principal.stop();
        cursor.close();
        checkIdle();
        Completions.whenDone(engine.sessions().remove(this), (done, none) -> {});
        if (live != null) {
            live.delivery().stop();
            live.confirmations().end(reason);
            engine.observer().sessionClosed(reason);
            engine.events().onDisconnect(user, device, reason);
        }
        if (reason != CloseReason.CLIENT) {
            connection.close(reason);
        }
    }
}
