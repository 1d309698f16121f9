package io.webchat.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.SessionOptions;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client in this process: it records the events that are emitted to it, and confirms messages or not. Its methods may
 * be called from several threads. Those that wait do so for up to {@link StageResults#TIMEOUT_SECONDS} seconds, and
 * then fail with an {@link AssertionError} or a {@code ConditionTimeoutException}.
 *
 * <pre>{@code
 * MessageId hello = alice.send("bob", "Hello");
 * bob.awaitMessage("alice", "Hello");
 * alice.awaitReceipt(EventKind.DELIVERY, hello);
 * }</pre>
 */
public final class TestClient implements Connection {
    /** The answer of a client to an event with a Seq. */
    public enum Answer {
        /** Confirms it at once. */
        CONFIRM,
        /** Does not answer; the test confirms. */
        NOTHING
    }

    private final List<Envelope> received = new ArrayList<>();
    private final Answer answer;
    private @Nullable ChatSession session;
    private @Nullable CloseReason closed;
    private volatile boolean writable = true;

    private TestClient(Answer answer) {
        this.answer = answer;
    }

    /** Opens a session of the default device that confirms everything. */
    public static TestClient open(Chat chat, String user) {
        return open(chat, user, "default", 0, Answer.CONFIRM);
    }

    /** Opens a session of this device; the client has everything up to the Seq {@code after}. */
    public static TestClient open(Chat chat, String user, String device, long after, Answer answer) {
        TestClient client = new TestClient(answer);
        client.session = join(chat.open(UserId.of(user), DeviceId.of(device), after, client));
        return client;
    }

    /** Makes a client without a session, for a test that opens one in its own way. */
    public static TestClient unopened() {
        return new TestClient(Answer.CONFIRM);
    }

    /** Opens a session of the default device that keeps the order of its messages over refusals. */
    public static TestClient inOrder(Chat chat, String user) {
        TestClient client = new TestClient(Answer.CONFIRM);
        SessionOptions options = SessionOptions.of(DeviceId.DEFAULT).inOrder();
        client.session = join(chat.open(UserId.of(user), options, client));
        return client;
    }

    /** Opens a session of this device that confirms everything and understands amendments. */
    public static TestClient amending(Chat chat, String user, String device) {
        return open(chat, user, SessionOptions.of(DeviceId.of(device)).amending(), Answer.CONFIRM);
    }

    /** Opens a session with these options. */
    public static TestClient open(Chat chat, String user, SessionOptions options, Answer answer) {
        TestClient client = new TestClient(answer);
        client.session = join(chat.open(UserId.of(user), options, client));
        return client;
    }

    /** Opens a session of the default device that confirms nothing by itself. */
    public static TestClient silent(Chat chat, String user) {
        return open(chat, user, "default", 0, Answer.NOTHING);
    }

    /**
     * Opens a session of the default device that confirms everything, on a node with a short time-out: a busy machine
     * may be slower than that, so it tries again.
     */
    public static TestClient openOnImpatient(Chat chat, String user) {
        return await().ignoreException(ChatException.class).until(() -> open(chat, user), client -> true);
    }

    /** Returns the result of the stage, or throws the {@link ChatException} with which it failed. */
    public static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(StageResults.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException known) {
                throw known;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("not done in time", e);
        }
    }

    /** Returns the code with which the stage fails; a result is an error of the test. */
    public static ErrorCode failure(CompletionStage<?> stage) {
        try {
            Object result = join(stage);
            throw new AssertionError("was not refused but answered " + result);
        } catch (ChatException e) {
            return e.code();
        }
    }

    @Override
    public void emit(ChatSession from, Envelope envelope) {
        synchronized (received) {
            received.add(envelope);
        }
        if (answer == Answer.CONFIRM && envelope.seq() > 0) {
            from.confirm(envelope.seq());
        }
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closed = reason;
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(StageResults.TIMEOUT_SECONDS))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5));
    }

    /** Returns the reason with which the engine closed the connection; null if it is open. */
    public synchronized @Nullable CloseReason closed() {
        return closed;
    }

    /** Says whether the connection drains; when it does again, the session goes on. */
    public void writable(boolean now) {
        writable = now;
        if (now) {
            session().resume();
        }
    }

    /** Returns the open session. */
    public ChatSession session() {
        if (session == null) {
            throw new IllegalStateException("not open");
        }
        return session;
    }

    /**
     * Sends a message with a new id to a user and waits for the answer.
     *
     * @throws ChatException if the chat refuses the message
     */
    public MessageId send(String to, String text) {
        MessageId id = MessageId.of(UUID.randomUUID().toString());
        send(to, id.value(), text);
        return id;
    }

    /**
     * Sends a message with a new id to a room and waits for the answer.
     *
     * @throws ChatException if the chat refuses the message
     */
    public MessageId sendToRoom(String room, String text) {
        MessageId id = MessageId.of(UUID.randomUUID().toString());
        say(room, id.value(), text);
        return id;
    }

    /** Sends a message to a user and waits for the answer. */
    public SendResult send(String to, String id, String text) {
        return join(session().send(message(to, id, text)));
    }

    /**
     * Sends the messages m{@code from} to m{@code end}, the last one excluded, one behind the other without waiting for
     * answers; then waits for all answers.
     */
    public void sendMany(String to, int from, int end) {
        List<CompletionStage<SendResult>> answers = IntStream.range(from, end)
                .mapToObj(i -> session().send(message(to, "m" + i, "text " + i)))
                .toList();
        answers.forEach(TestClient::join);
    }

    /** Returns a message to a user. */
    public ChatEvent.Message message(String to, String id, String text) {
        return ChatEvent.message(session().user(), UserId.of(to), MessageId.of(id), text);
    }

    /** Returns a message to a room. */
    public ChatEvent.Message toRoom(String room, String id, String text) {
        UserId me = session().user();
        return ChatEvent.Message.from(me)
                .in(RoomId.of(room))
                .id(id)
                .timestamp(1)
                .text(text)
                .build();
    }

    /** Sends a message to a room and waits for the answer. */
    public SendResult say(String room, String id, String text) {
        return join(session().send(toRoom(room, id, text)));
    }

    /** Sends a display receipt for a message of this author. */
    public CompletionStage<SendResult> display(String author, String id) {
        return session().send(ChatEvent.display(session().user(), UserId.of(author), MessageId.of(id)));
    }

    /** Sends a delivery receipt for a message of this author. */
    public CompletionStage<SendResult> delivery(String author, String id) {
        return session().send(ChatEvent.delivery(session().user(), UserId.of(author), MessageId.of(id)));
    }

    /** Closes the session. */
    public void leave() {
        session().close();
    }

    /** Returns all events so far, in the order of their arrival. */
    public List<Envelope> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Returns all that the events so far say, as a text to search. */
    public String said() {
        return received().stream().map(Envelope::event).toList().toString();
    }

    /** Returns the message ids of the events of this kind, in the order of their arrival. */
    public List<String> ids(EventKind kind) {
        return received().stream()
                .map(Envelope::event)
                .filter(event -> event.kind() == kind)
                .map(TestClient::id)
                .toList();
    }

    /** Returns the ids of the messages, in the order of their arrival. */
    public List<String> messages() {
        return ids(EventKind.MESSAGE);
    }

    /** Returns how many events of this kind arrived. */
    public long count(EventKind kind) {
        return received().stream().filter(each -> each.event().kind() == kind).count();
    }

    private static String id(ChatEvent event) {
        if (event instanceof LoggedEvent logged) {
            return logged.id().value();
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            return receipt.id().value();
        }
        return event.kind().wire();
    }

    /** Waits for an event like this and returns the first one. */
    public Envelope awaitFirst(Predicate<Envelope> wanted) {
        await().until(() -> received().stream().anyMatch(wanted));
        return received().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits for a message of this author with this text and returns it. */
    public ChatEvent.Message awaitMessage(String author, String text) {
        return (ChatEvent.Message) awaitFirst(each -> each.event() instanceof ChatEvent.Message message
                        && message.from().value().equals(author)
                        && message.text().equals(text))
                .event();
    }

    /** Waits for the amendment with this id and returns it. */
    public Amendment awaitAmendment(String id) {
        return (Amendment) awaitFirst(each -> each.event() instanceof Amendment amendment
                        && amendment.id().value().equals(id))
                .event();
    }

    /** Waits for a receipt of this kind for this message. */
    public ChatEvent.Receipt awaitReceipt(EventKind kind, MessageId message) {
        return (ChatEvent.Receipt) awaitFirst(each -> each.event() instanceof ChatEvent.Receipt receipt
                        && receipt.kind() == kind
                        && receipt.id().equals(message))
                .event();
    }

    /** Waits for this time, and fails if an event arrives within it. Events that arrived before do not count. */
    public void silentFor(Duration time) {
        int before = received().size();
        await().pollDelay(Duration.ZERO)
                .during(time)
                .atMost(time.plusSeconds(StageResults.TIMEOUT_SECONDS))
                .failFast("an event arrived", () -> received().size() > before)
                .until(() -> received().size() == before);
    }

    /** Waits until exactly these messages have arrived, in this order. */
    public void awaitMessages(String... ids) {
        await().untilAsserted(() -> assertThat(messages()).containsExactly(ids));
    }

    /** Waits until exactly the receipts of this kind for these messages have arrived, in this order. */
    public void awaitReceipts(EventKind kind, String... ids) {
        await().untilAsserted(() -> assertThat(ids(kind)).containsExactly(ids));
    }
}
