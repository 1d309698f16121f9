package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventKind;
import io.webchat.core.RoomId;
import io.webchat.core.SendResult;
import io.webchat.core.UserId;
import io.webchat.core.spi.Attachment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One device of one user: brings together what it may send, what is emitted to it and what it confirms. */
final class Session implements ChatSession {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private enum State {
        OPENING,
        LIVE,
        DRAINING,
        CLOSED
    }

    /** What exists from the moment the device's place in the queue is known. */
    private record Live(Attachment attachment, Delivery delivery, Confirmations confirmations, DeliveryWindow window) {}

    private final ChatEngine engine;
    private final UserId user;
    private final DeviceId device;
    private final Connection connection;
    private final Admission admission;
    private final Mailbox mailbox;
    private final Turns turns;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    /** Written in the mailbox only. */
    private volatile State state = State.OPENING;

    private @Nullable Live live;
    private boolean siblings;
    /** The youngest generation of this device heard of, also before this session's own is known. */
    private long youngest;

    private int inFlight;

    Session(ChatEngine engine, UserId user, DeviceId device, Connection connection, Admission admission) {
        this.engine = engine;
        this.mailbox = new Mailbox(engine.overflow());
        this.turns = new Turns(mailbox);
        this.user = user;
        this.device = device;
        this.connection = connection;
        this.admission = admission;
    }

    @Override
    public UserId user() {
        return user;
    }

    @Override
    public DeviceId device() {
        return device;
    }

    ChatEngine engine() {
        return engine;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Connection connection() {
        return connection;
    }

    /** Runs the task in this session's mailbox after the delay, if the session still lives then. */
    void later(Duration delay, Runnable task) {
        engine.after(delay, () -> onMailbox(task));
    }

    /** Continues in the mailbox when the stage is done. */
    <T> void then(CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> next) {
        Stages.whenDone(stage, (result, failure) -> mailbox.execute(() -> next.accept(result, failure)));
    }

    /** Moves the device's place in the queue; one that the queue has forgotten attaches again, or it would keep all. */
    CompletableFuture<Boolean> moveCursor(long upTo) {
        Backends backends = engine.backends();
        CompletableFuture<Boolean> known = backends.confirm(user, device, upTo);
        return known.thenCompose(is -> is
                ? known
                : backends.attach(user, device, ChatEngine.FROM_THE_BEGINNING)
                        .thenCompose(again -> backends.confirm(user, device, upTo)));
    }

    private void onMailbox(Runnable task) {
        mailbox.execute(() -> {
            if (state != State.CLOSED) {
                task.run();
            }
        });
    }

    private void whenLive(Consumer<Live> task) {
        onMailbox(() -> {
            if (live != null) {
                task.accept(live);
            }
        });
    }

    /** The subscription stands and the device's place is known: read what waits, then go live. */
    void start(Attachment attachment, long after) {
        onMailbox(() -> {
            DeliveryWindow window = new DeliveryWindow(engine.config().window(), attachment.cursor());
            Delivery delivery = new Delivery(this, window, after);
            live = new Live(attachment, delivery, new Confirmations(this, window, delivery), window);
            devices(attachment.devices());
            if (state == State.OPENING) {
                state = State.LIVE;
            }
            engine.observer().sessionOpened();
            endIfReplaced();
            delivery.read();
        });
    }

    void emit(Envelope envelope) {
        try {
            connection.emit(this, envelope);
            engine.observer().emitted(envelope.event().kind());
        } catch (RuntimeException e) {
            log.warn("the connection of {} refused an event; closing it", user, e);
            end(CloseReason.ERROR);
        }
    }

    /** Something was published to this session's user. */
    void published(Envelope envelope) {
        whenLive(l -> {
            if (envelope.seq() > 0) {
                l.delivery().published(envelope);
            } else {
                l.delivery().passing(envelope);
            }
        });
    }

    /**
     * Another session of the user opened; {@code generation} tells which of two of the same device is the
     * younger.
     */
    void opened(DeviceId other, long generation) {
        onMailbox(() -> {
            if (other.equals(device)) {
                youngest = Math.max(youngest, generation);
                endIfReplaced();
            } else {
                siblings = true;
            }
        });
    }

    /** The queue knows so many devices of the user: the news of a new one may have been lost. */
    void devices(int known) {
        siblings |= known > 1;
    }

    private void endIfReplaced() {
        Live l = live;
        if (l != null && youngest > l.attachment().generation()) {
            // What is read from now on is the other one's to emit.
            l.delivery().stop();
            emit(Envelope.passing(
                    ChatEvent.Notice.of(EventKind.REPLACED, user, "another session of this device took over")));
            end(CloseReason.REPLACED);
        }
    }

    /** There is nothing left to emit up to some place, and perhaps nothing to wait for: the queue may hear of it. */
    void passed() {
        whenLive(l -> l.confirmations().advance());
    }

    boolean closed() {
        return state == State.CLOSED;
    }

    /** Events may have been missed. */
    void reread() {
        whenLive(l -> l.delivery().read());
    }

    @Override
    public CompletionStage<SendResult> send(ChatEvent event) {
        CompletableFuture<SendResult> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            try {
                CompletableFuture<SendResult> work = accept(event);
                inFlight++;
                Stages.whenDone(work, (result, failure) -> answered(answer, result, failure));
            } catch (RuntimeException e) {
                // Whatever it is, such as an event that a host built wrongly: who sent it must not wait for ever.
                refuse(answer, e);
            }
        });
        return answer;
    }

    private CompletableFuture<SendResult> accept(ChatEvent event) {
        Live l = live;
        if (l == null || state == State.CLOSED) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "the session is closed");
        }
        if (inFlight >= engine.config().maxInFlight()) {
            throw ChatException.rateLimited(
                    "too many unanswered sends", engine.config().retryDelay());
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            admission.receipt(receipt, l.confirmations().knows(receipt));
            return l.confirmations().receipt(receipt);
        }
        if (state == State.DRAINING) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "this node is shutting down, reconnect and resend");
        }
        if (event instanceof ChatEvent.Message message) {
            admission.message(message);
            return message(message.asSent());
        }
        if (event instanceof ChatEvent.Signal signal) {
            admission.signal(signal);
            return engine.signal(signal);
        }
        throw new ChatException(
                ErrorCode.BAD_REQUEST, "a session cannot send " + event.kind().wire());
    }

    private CompletableFuture<SendResult> message(ChatEvent.Message message) {
        RoomId room = message.room();
        if (room != null) {
            return turns.take(
                    engine.permissions().othersIn(room, user),
                    others -> engine.pipeline().toRoom(message, device, others));
        }
        return turns.take(engine.permissions().write(user, message.to()), may -> {
            boolean copied = siblings && !message.to().equals(user);
            return engine.pipeline().message(message, copied ? message.copyFrom(device) : null);
        });
    }

    private void answered(
            CompletableFuture<SendResult> answer, @Nullable SendResult result, @Nullable Throwable failure) {
        mailbox.execute(() -> inFlight--);
        if (failure == null) {
            answer.complete(result);
        } else {
            refuse(answer, failure);
        }
        // Last: who waits for the drain may close the connection that the answer goes to.
        mailbox.execute(this::checkIdle);
    }

    private void refuse(CompletableFuture<SendResult> answer, Throwable failure) {
        ChatException refusal = Stages.failure(failure);
        engine.observer().refused(refusal.code());
        answer.completeExceptionally(refusal);
    }

    @Override
    public void confirm(long seq) {
        whenLive(l -> l.confirmations().confirm(seq));
    }

    @Override
    public void heartbeat() {
        whenLive(l -> {
            if (admission.heartbeat()) {
                l.confirmations().heartbeat();
                // The safety net under lost publishes: nothing waits in the queue for longer than a heartbeat.
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
                emit(Envelope.passing(
                        ChatEvent.Notice.of(EventKind.DRAINING, user, "this node is shutting down, reconnect")));
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
        mailbox.execute(() -> {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            checkIdle();
            CompletableFuture<Void> left = engine.sessions().leave(this);
            if (live != null) {
                engine.observer().sessionClosed(reason);
                leaveUnconfirmed(live, left);
            }
            if (reason != CloseReason.CLIENT) {
                connection.close(reason);
            }
        });
    }

    private void leaveUnconfirmed(Live l, CompletableFuture<Void> left) {
        l.delivery().stop();
        if (!l.window().pending().isEmpty() || l.delivery().behind()) {
            long cursor = l.window().cursor();
            // Only then: this session's own subscription would make its user look online.
            Stages.whenDone(left, (done, failure) -> engine.offline().sessionEnded(user, cursor));
        }
    }
}
