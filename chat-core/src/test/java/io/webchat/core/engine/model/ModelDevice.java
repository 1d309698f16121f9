package io.webchat.core.engine.model;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A device that outlives its sessions: it remembers its messages, resends those without acknowledgement, and
 * confirms when it is told to. No lock is held while it calls its session, since the engine may call any device
 * back on the same thread.
 */
final class ModelDevice {
    final UserId user;
    final DeviceId device;
    /** Whatever contradicts a promise, as it is seen. */
    final List<String> violations = new ArrayList<>();
    /** The messages it received, {@code author/id}, in the order of their first arrival. */
    final Set<String> got = new LinkedHashSet<>();
    /** Per message of its user, the last receipt. */
    final Map<String, EventKind> receipts = new LinkedHashMap<>();

    final Set<String> acked = new HashSet<>();
    /**
     * The messages that were acknowledged at the first attempt, while there was no other one, by session: these keep
     * their order. A message that is also resent over a younger session does not: there it may be refused, while a
     * later one is accepted.
     */
    final Map<ChatSession, List<String>> ackedAtOnce = new LinkedHashMap<>();

    final Set<String> displayed = new HashSet<>();
    private final Map<String, ChatEvent.Message> unacked = new LinkedHashMap<>();
    /** How many attempts at each there were. */
    private final Map<String, Integer> attempts = new HashMap<>();
    /** How many attempts at each are without an answer. */
    private final Map<String, Integer> underWay = new HashMap<>();

    private final TreeMap<Long, ChatEvent.Message> unconfirmed = new TreeMap<>();
    /** Over which session each of them came last: an answer to an older one is none to this. */
    private final Map<Long, Link> cameOver = new HashMap<>();

    private @Nullable Link link;
    private int opening;
    private int sent;

    /** One connection; a device has a new one for each session. */
    private final class Link implements Connection {
        private @Nullable ChatSession session;
        private volatile boolean writable = true;
        private long last;
        private boolean closed;

        @Override
        public void emit(ChatSession from, Envelope envelope) {
            received(this, envelope);
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void close(CloseReason reason) {
            gone(this);
        }
    }

    ModelDevice(String user, String device) {
        this.user = UserId.of(user);
        this.device = DeviceId.of(device);
    }

    private synchronized void received(Link on, Envelope envelope) {
        // A gap is legal although nothing is trimmed here: an older session of the same device, which does not know yet
        // that it was replaced, may confirm events that this session was about to read.
        if (envelope.seq() == 0 || envelope.event().kind() == EventKind.GAP) {
            return;
        }
        if (envelope.seq() <= on.last) {
            violations.add("Seq went back from " + on.last + " to " + envelope.seq());
        }
        on.last = envelope.seq();
        if (envelope.event() instanceof ChatEvent.Message message) {
            got.add(key(message));
            unconfirmed.put(envelope.seq(), message);
            cameOver.put(envelope.seq(), on);
            if (device.equals(message.fromDevice())) {
                violations.add("its own message " + key(message));
            }
        } else if (envelope.event() instanceof ChatEvent.Receipt receipt) {
            EventKind before = receipts.put(receipt.id().value(), receipt.kind());
            if (before == EventKind.DISPLAY && receipt.kind() == EventKind.DELIVERY) {
                // Legal only as a repetition of an older event, after a reconnect.
                receipts.put(receipt.id().value(), before);
            }
        }
    }

    static String key(ChatEvent.Message message) {
        return message.from() + "/" + message.id();
    }

    private synchronized void gone(Link gone) {
        gone.closed = true;
        if (link == gone) {
            link = null;
        }
    }

    /** Opens a session, which replaces the one there may be. */
    CompletionStage<?> open(Chat node) {
        Link made = new Link();
        synchronized (this) {
            opening++;
        }
        return node.open(user, device, after(), made).whenComplete((session, failure) -> {
            synchronized (this) {
                opening--;
                made.session = session;
                link = failure == null && !made.closed ? made : link;
            }
        });
    }

    /** The Seq before the oldest unconfirmed message; 0 if every message is confirmed. */
    private synchronized long after() {
        return unconfirmed.isEmpty() ? 0 : Math.max(0, unconfirmed.firstKey() - 1);
    }

    /** Whether an open is still without an answer. */
    synchronized boolean opening() {
        return opening > 0;
    }

    @Nullable
    ChatSession session() {
        Link now = now();
        return now == null ? null : now.session;
    }

    private synchronized @Nullable Link now() {
        return link;
    }

    void leave() {
        Link now = now();
        if (now != null && now.session != null) {
            now.session.close();
            gone(now);
        }
    }

    void writable(boolean is) {
        Link now = now();
        if (now != null && now.session != null) {
            now.writable = is;
            if (is) {
                now.session.resume();
            }
        }
    }

    void send(UserId to) {
        ChatSession session = session();
        ChatEvent.Message message;
        synchronized (this) {
            message = ChatEvent.message(user, to, MessageId.of(device + "-" + to + "-" + sent++), "text " + sent);
            unacked.put(key(message), message);
        }
        if (session != null) {
            attempt(session, message, true);
        }
    }

    private void attempt(ChatSession session, ChatEvent.Message message, boolean first) {
        synchronized (this) {
            attempts.merge(key(message), 1, Integer::sum);
            underWay.merge(key(message), 1, Integer::sum);
        }
        CompletionStage<?> unused = session.send(message).whenComplete((result, failure) -> {
            synchronized (this) {
                underWay.merge(key(message), -1, Integer::sum);
                if (failure == null && unacked.remove(key(message)) != null) {
                    acked.add(key(message));
                    if (first && attempts.getOrDefault(key(message), 0) == 1) {
                        ackedAtOnce
                                .computeIfAbsent(session, any -> new ArrayList<>())
                                .add(key(message));
                    }
                }
            }
        });
    }

    /** Resends the messages without acknowledgement; answers to them may be on their way. */
    void resend() {
        resend(look(it -> List.copyOf(it.unacked.values())));
    }

    /** Resends the messages whose attempts were all refused. */
    void resendRefused() {
        resend(look(it -> it.unacked.values().stream()
                .filter(each -> it.underWay.getOrDefault(key(each), 0) == 0)
                .toList()));
    }

    private void resend(List<ChatEvent.Message> again) {
        ChatSession session = session();
        if (session != null) {
            again.forEach(each -> attempt(session, each, false));
        }
    }

    /** Answers one message, whichever, in one of the three ways. */
    void answerOne(Random random) {
        ChatSession session = session();
        Map.Entry<Long, ChatEvent.Message> one = anyUnconfirmed(random);
        if (session != null && one != null) {
            ChatEvent.Message message = one.getValue();
            switch (random.nextInt(3)) {
                case 0 -> session.confirm(one.getKey());
                case 1 -> tell(session, one.getKey(), ChatEvent.delivery(user, message.from(), message.id()));
                default -> tell(session, one.getKey(), ChatEvent.display(user, message.from(), message.id()));
            }
        }
    }

    private synchronized Map.@Nullable Entry<Long, ChatEvent.Message> anyUnconfirmed(Random random) {
        return unconfirmed.isEmpty()
                ? null
                : List.copyOf(unconfirmed.entrySet()).get(random.nextInt(unconfirmed.size()));
    }

    private void tell(ChatSession session, long seq, ChatEvent.Receipt receipt) {
        CompletionStage<?> unused = session.send(receipt).whenComplete((result, failure) -> {
            synchronized (this) {
                if (failure == null) {
                    Link on = cameOver.get(seq);
                    if (on != null && on.session == session) {
                        unconfirmed.remove(seq);
                    }
                    if (receipt.kind() == EventKind.DISPLAY && !receipt.to().equals(user)) {
                        displayed.add(receipt.to() + "/" + receipt.id());
                    }
                }
            }
        });
    }

    /** Answers all it was ever given and had no answer for, and gives a sign of life. */
    void answerAll() {
        ChatSession session = session();
        Map<Long, ChatEvent.Message> all;
        synchronized (this) {
            all = new TreeMap<>(unconfirmed);
        }
        if (session != null) {
            all.keySet().forEach(session::confirm);
            session.heartbeat();
        }
    }

    synchronized Set<String> missing(Set<String> expected) {
        Set<String> missing = new LinkedHashSet<>(expected);
        missing.removeAll(got);
        return missing;
    }

    synchronized <T> T look(Function<ModelDevice, T> question) {
        return question.apply(this);
    }

    synchronized int unackedCount() {
        return unacked.size();
    }

    @Override
    public String toString() {
        return user + " on " + device;
    }
}
