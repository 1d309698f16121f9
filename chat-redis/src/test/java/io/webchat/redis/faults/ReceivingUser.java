package io.webchat.redis.faults;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A user who remembers the ids of all received messages, and confirms them. */
final class ReceivingUser implements Connection {
    private final UserId user;
    private volatile ChatSession session;
    private final Set<String> seen = new LinkedHashSet<>();
    private final List<String> violations = new ArrayList<>();
    private long last;
    private int gaps;

    ReceivingUser(UserId user, Chat node) {
        this.user = user;
        this.session = open(node);
    }

    /** Connects as a client does: again after a refusal that invites it. */
    private ChatSession open(Chat node) {
        while (true) {
            try {
                return node.open(user, DeviceId.DEFAULT, 0, this)
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof ChatException refusal)
                        || !refusal.code().retryable()) {
                    throw e;
                }
            }
        }
    }

    UserId user() {
        return user;
    }

    @Override
    public synchronized void emit(ChatSession from, Envelope envelope) {
        if (envelope.seq() > 0) {
            if (envelope.seq() <= last) {
                violations.add("Seq " + envelope.seq() + " after " + last);
            }
            last = envelope.seq();
            from.confirm(envelope.seq());
        }
        if (envelope.event() instanceof ChatEvent.Message message) {
            if (!message.content().isSystem()) {
                seen.add(message.id().value());
            }
        } else if (envelope.event().kind() == EventKind.GAP) {
            gaps++;
        }
    }

    /** Sends a heartbeat, at which the session reads the queue. */
    void look() {
        session.heartbeat();
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** The number of received gaps. */
    synchronized int gaps() {
        return gaps;
    }

    /** Connects again after {@link #close}, and does not say what it has. */
    void comeBack(Chat node) {
        synchronized (this) {
            last = 0;
        }
        session = open(node);
    }

    void close() {
        session.close();
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close(CloseReason reason) {}
}
