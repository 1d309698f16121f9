package io.webchat.core.engine.recovery;

import static io.webchat.core.testing.TestClient.join;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.Connection;
import io.webchat.core.SessionOptions;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.recovery.AmendedMessage.Seen;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device that keeps its copy of a conversation as docs/messages.md tells a client to, and that notes each broken
 * promise: content of a message whose deletion was acknowledged before it connected, and a change before its message.
 */
final class AmendedDevice implements Connection {
    private final UserId user;
    private final DeviceId device;
    /** Guarded by this. */
    private final Map<MessageRef, AmendedMessage> copy = new HashMap<>();
    /** Guarded by this. */
    private final List<String> broken = new ArrayList<>();

    private Set<MessageRef> deletedBefore = Set.of();
    private @Nullable ChatSession session;
    private long last;
    /** Whether it was told of a gap, ever, and since it read the history last. */
    private boolean hadGap;

    private boolean outdated;

    AmendedDevice(String user, String device) {
        this.user = UserId.of(user);
        this.device = DeviceId.of(device);
    }

    /** Connects; from now on no content of these messages may come. */
    void connect(Chat node, Set<MessageRef> deleted) {
        synchronized (this) {
            deletedBefore = new HashSet<>(deleted);
        }
        SessionOptions options = SessionOptions.of(device).withAfter(last()).amending();
        session = join(node.open(user, options, this));
    }

    private synchronized long last() {
        return last;
    }

    /** Whether it never got an event. */
    synchronized boolean isNew() {
        return last == 0;
    }

    /** A new device reads the history first, as a client does that has nothing. */
    synchronized void expectHistory() {
        hadGap = true;
        outdated = true;
    }

    void leave() {
        ChatSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    boolean isConnected() {
        return session != null;
    }

    @Override
    public synchronized void emit(ChatSession from, Envelope envelope) {
        ChatEvent event = envelope.event();
        if (event.kind() == EventKind.GAP) {
            hadGap = true;
            outdated = true;
        } else if (event instanceof ChatEvent.Message message) {
            onMessage(message);
        } else if (event instanceof Amendment amendment) {
            onAmendment(amendment, envelope.loggedAt());
        }
        if (envelope.seq() > 0) {
            last = envelope.seq();
            from.confirm(envelope.seq());
        }
    }

    private void onMessage(ChatEvent.Message message) {
        MessageRef name = MessageRef.to(message);
        boolean hasContent = message.deletion() == null;
        if (hasContent && deletedBefore.contains(name)) {
            broken.add(device + " got the content of " + name + " after its deletion");
        }
        AmendedMessage there = copy.computeIfAbsent(name, any -> new AmendedMessage());
        if (hasContent) {
            there.onText(message.text());
        } else {
            there.onDeleted();
        }
    }

    private void onAmendment(Amendment amendment, long at) {
        AmendedMessage there = copy.get(amendment.about());
        if (there == null && !outdated && !amendment.isDeletion()) {
            broken.add(device + " got " + amendment.id() + " before " + amendment.about());
        }
        if (amendment.change() instanceof Amendment.Edit && deletedBefore.contains(amendment.about())) {
            broken.add(device + " got an edit of " + amendment.about() + " after its deletion");
        }
        if (there != null) {
            there.apply(amendment, at);
        }
    }

    synchronized boolean isOutdated() {
        return outdated;
    }

    /** After a gap a client reads the history again. */
    synchronized void catchUp(List<LoggedMessage> history) {
        if (hadGap) {
            outdated = false;
            history.forEach(each -> copy.put(MessageRef.to(each.message()), AmendedMessage.of(each)));
        }
    }

    /** Returns what the device shows of these messages. */
    synchronized Map<MessageRef, Seen> shown(Set<MessageRef> messages) {
        Map<MessageRef, Seen> shown = new HashMap<>();
        copy.forEach((name, message) -> {
            if (messages.contains(name)) {
                shown.put(name, message.seen());
            }
        });
        return shown;
    }

    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    static Map<MessageRef, Seen> shown(List<LoggedMessage> history, ConversationId conversation) {
        Map<MessageRef, Seen> shown = new HashMap<>();
        history.stream()
                .filter(each -> each.message().conversation().equals(conversation))
                .forEach(each -> shown.put(
                        MessageRef.to(each.message()), AmendedMessage.of(each).seen()));
        return shown;
    }
}
