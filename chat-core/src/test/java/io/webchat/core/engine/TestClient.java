package io.webchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventKind;
import io.webchat.core.MessageId;
import io.webchat.core.RoomId;
import io.webchat.core.SendResult;
import io.webchat.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client in this process: records what is emitted to it, and confirms as it is told. */
final class TestClient implements Connection {
    /** What a client does with a message that reaches it. */
    enum Answer {
        CONFIRM,
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

    static TestClient open(Chat chat, String user) {
        return open(chat, user, "default", 0, Answer.CONFIRM);
    }

    static TestClient open(Chat chat, String user, String device, long after, Answer answer) {
        TestClient client = new TestClient(answer);
        client.session = join(chat.open(UserId.of(user), DeviceId.of(device), after, client));
        return client;
    }

    static TestClient silent(Chat chat, String user) {
        return open(chat, user, "default", 0, Answer.NOTHING);
    }

    static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException known) {
                throw known;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("not done in time", e);
        }
    }

    static ErrorCode failure(CompletionStage<?> stage) {
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

    synchronized @Nullable CloseReason closed() {
        return closed;
    }

    void writable(boolean now) {
        writable = now;
        if (now) {
            session().resume();
        }
    }

    ChatSession session() {
        if (session == null) {
            throw new IllegalStateException("not open");
        }
        return session;
    }

    SendResult send(String to, String id, String text) {
        return join(session().send(message(to, id, text)));
    }

    ChatEvent.Message message(String to, String id, String text) {
        return ChatEvent.message(session().user(), UserId.of(to), MessageId.of(id), text);
    }

    ChatEvent.Message toRoom(String room, String id, String text) {
        UserId me = session().user();
        return new ChatEvent.Message(me, me, RoomId.of(room), MessageId.of(id), 1, text, null);
    }

    SendResult say(String room, String id, String text) {
        return join(session().send(toRoom(room, id, text)));
    }

    CompletionStage<SendResult> display(String author, String id) {
        return session().send(ChatEvent.display(session().user(), UserId.of(author), MessageId.of(id)));
    }

    CompletionStage<SendResult> delivery(String author, String id) {
        return session().send(ChatEvent.delivery(session().user(), UserId.of(author), MessageId.of(id)));
    }

    void leave() {
        session().close();
    }

    List<Envelope> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The ids of what came, of this kind, in the order it came. */
    List<String> ids(EventKind kind) {
        return received().stream()
                .map(Envelope::event)
                .filter(event -> event.kind() == kind)
                .map(TestClient::id)
                .toList();
    }

    List<String> messages() {
        return ids(EventKind.MESSAGE);
    }

    long count(EventKind kind) {
        return received().stream().filter(each -> each.event().kind() == kind).count();
    }

    private static String id(ChatEvent event) {
        if (event instanceof ChatEvent.Message message) {
            return message.id().value();
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            return receipt.id().value();
        }
        return event.kind().wire();
    }

    Envelope awaitFirst(Predicate<Envelope> wanted) {
        await().until(() -> received().stream().anyMatch(wanted));
        return received().stream().filter(wanted).findFirst().orElseThrow();
    }

    void awaitMessages(String... ids) {
        await().untilAsserted(() -> assertThat(messages()).containsExactly(ids));
    }

    void awaitReceipts(EventKind kind, String... ids) {
        await().untilAsserted(() -> assertThat(ids(kind)).containsExactly(ids));
    }
}
