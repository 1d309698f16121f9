package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.SessionTasks;
import io.webchat.core.internal.send.SendApproval;
import io.webchat.core.policy.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The principal of a session. Ends the session when the principal expires, after a notice, unless it is renewed. Has at
 * most one timer, which ends with the session. Only the session's mailbox may call it.
 */
final class SessionPrincipal {
    /** Timers are no longer than this, so that a change of the clock has an effect. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final SessionTasks tasks;
    private final ChatEngine engine;
    private final Consumer<ChatEvent> emit;
    private final Consumer<ChatEvent> onExpired;
    private SendApproval.Author author;
    private @Nullable Future<?> next;
    private boolean started;
    private boolean noticed;

    /**
     * The principal of a session.
     *
     * @param emit emits an event to the client
     * @param onExpired ends the session with this last event
     */
    SessionPrincipal(
            ChatEngine engine,
            Principal principal,
            DeviceId device,
            SessionTasks tasks,
            Consumer<ChatEvent> emit,
            Consumer<ChatEvent> onExpired) {
        this.engine = engine;
        this.author = new SendApproval.Author(principal, device, Proposal.Origin.SESSION);
        this.tasks = tasks;
        this.emit = emit;
        this.onExpired = onExpired;
    }

    /** The failure for a principal that has expired. */
    static ChatException expired() {
        return new ChatException(ErrorCode.UNAUTHORIZED, "the token has expired");
    }

    /** The author of this session's messages. */
    SendApproval.Author author() {
        return author;
    }

    private UserId user() {
        return author.principal().user();
    }

    /** The session is live: the time runs. */
    void start() {
        started = true;
        noticed = false;
        check();
    }

    /**
     * Goes on with another principal.
     *
     * @throws ChatException when it is of another user or has expired
     */
    void renew(Principal principal) {
        if (!principal.user().equals(user())) {
            throw new ChatException(ErrorCode.FORBIDDEN, "the token is of another user");
        }
        if (principal.isExpired(Instant.now())) {
            throw expired();
        }
        author = author.renewed(principal);
        if (started) {
            start();
        }
    }

    private void check() {
        stop();
        Instant end = author.principal().expiresAt();
        if (end == null) {
            return;
        }
        Duration left = Duration.between(Instant.now(), end);
        if (left.isZero() || left.isNegative()) {
            onExpired.accept(Notice.disconnected(user(), expired().detail()));
            return;
        }
        Duration notice = engine.config().expiryNotice();
        boolean near = left.compareTo(notice) <= 0;
        if (near && !noticed) {
            noticed = true;
            emit.accept(Notice.of(
                    EventKind.EXPIRING, user(), "the token expires soon; send a new one with the event auth"));
        }
        Duration wait = near ? left : left.minus(notice);
        // A millisecond more, so that the time has come for certain.
        Duration bounded = wait.compareTo(LONGEST) < 0 ? wait.plusMillis(1) : LONGEST;
        next = engine.schedule(bounded, () -> tasks.run(this::check));
    }

    /** Ends the timer. */
    void stop() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
