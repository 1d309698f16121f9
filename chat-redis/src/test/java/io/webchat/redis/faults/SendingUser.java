package io.webchat.redis.faults;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A user who sends one message after the other, and resends each message until it is acknowledged. */
final class SendingUser implements Connection {
    /** Between two messages, so that the machine is not busy with messages alone. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final UserId user;
    /** Makes the message with this id. */
    private final Function<MessageId, ChatEvent.Message> messages;

    private final Chat node;
    private final Thread thread = new Thread(this::write, "author");
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile long longestAnswerMillis;
    private @Nullable ChatSession session;

    SendingUser(UserId user, UserId to, Chat node) {
        this(user, id -> ChatEvent.message(user, to, id, "text of " + id), node);
    }

    SendingUser(UserId user, Function<MessageId, ChatEvent.Message> messages, Chat node) {
        this.user = user;
        this.messages = messages;
        this.node = node;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    int acknowledged() {
        return sent.size();
    }

    /** The ids of the acknowledged messages, in the order of sending. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    int refusals() {
        return refusals.get();
    }

    /** The longest time to an answer so far. */
    long longestAnswerMillis() {
        return longestAnswerMillis;
    }

    /** Stops as soon as the message under way is acknowledged. */
    void stop() {
        stopped = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("a message was not acknowledged for 30 seconds");
        }
    }

    private void write() {
        for (int i = 0; !stopped; i++) {
            ChatEvent.Message message = messages.apply(MessageId.of("m" + i));
            while (!acknowledged(message)) {
                refusals.incrementAndGet();
            }
            sent.add("m" + i);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (session != null) {
            session.close();
        }
    }

    private boolean acknowledged(ChatEvent.Message message) {
        long start = System.nanoTime();
        try {
            SendResult unused = answer(open().send(message));
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChatException known && known.code().retryable()) {
                return false;
            }
            throw e;
        } finally {
            longestAnswerMillis =
                    Math.max(longestAnswerMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    private ChatSession open() {
        ChatSession there = session;
        if (there == null) {
            there = answer(node.open(user, DeviceId.DEFAULT, 0, this));
            session = there;
        }
        return there;
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void emit(ChatSession from, Envelope envelope) {
        from.confirm(envelope.seq());
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close(CloseReason reason) {}
}
