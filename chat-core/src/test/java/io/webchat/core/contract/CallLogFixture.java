package io.webchat.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.Page;
import io.webchat.core.UserId;
import io.webchat.core.spi.CallLogStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A call log on two nodes; times are milliseconds behind a start that lies a little in the past. */
final class CallLogFixture extends Fixture {
    private final ContractBackend<CallLogStore> backend;
    private final long start = System.currentTimeMillis() - 100_000_000;

    final CallLogStore node;
    final CallLogStore other;
    final ConversationId talk = ConversationId.direct(alice, bob);

    CallLogFixture(CallLogStoreContract suite) {
        backend = suite.callLogStores();
        node = backend.node();
        other = backend.node();
    }

    CallLogStore node(int i) {
        return i % 2 == 0 ? node : other;
    }

    /** The moment that many milliseconds behind the start. */
    long at(long millis) {
        return start + millis;
    }

    /** Records a new message between two users. */
    ChatEvent.Message log(UserId from, UserId to, String text, long millis) {
        ChatEvent.Message message = ChatEvent.message(from, to, text);
        log(message, millis);
        return message;
    }

    void log(ChatEvent.Message message, long millis) {
        Answers.of(node.append(message.conversation(), message, at(millis)));
    }

    void mark(UserId reader, MessageStatus status, long millis) {
        Answers.of(node.mark(talk, reader, status, at(millis)));
    }

    Optional<LoggedMessage> find(ChatEvent.Message message) {
        return Answers.of(node.find(message.conversation(), message.from(), message.id()));
    }

    Optional<LoggedMessage> find(UserId author, MessageId id) {
        return Answers.of(node.find(talk, author, id));
    }

    /** Waits until the message has the status, whichever way one looks. */
    void awaitStatus(ChatEvent.Message message, MessageStatus status) {
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(Answers.SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(statuses(message)).containsOnly(status));
    }

    private List<MessageStatus> statuses(ChatEvent.Message message) {
        List<MessageStatus> seen = new ArrayList<>();
        messages(message.conversation()).stream()
                .filter(each -> each.message().equals(message))
                .forEach(each -> seen.add(each.status()));
        find(message).ifPresent(each -> seen.add(each.status()));
        assertThat(seen).as("the message, listed and found").hasSize(2);
        return seen;
    }

    /** All messages of the talk, newest first. */
    List<LoggedMessage> messages() {
        return messages(talk);
    }

    private List<LoggedMessage> messages(ConversationId conversation) {
        return all(cursor -> Answers.of(node.messages(conversation, 100, cursor)));
    }

    List<String> texts() {
        return messages().stream().map(each -> each.message().text()).toList();
    }

    /** All of a user's conversations, as the first node lists them. */
    List<ConversationEntry> conversations(UserId user) {
        return conversations(node, user, 100);
    }

    static List<ConversationEntry> conversations(CallLogStore node, UserId user, int limit) {
        return all(cursor -> Answers.of(node.conversations(user, limit, cursor)));
    }

    /** The items of all pages, which must come to an end. */
    static <T> List<T> all(Function<String, Page<T>> pages) {
        List<T> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            assertThat(seen.add(cursor.get()))
                    .as("no cursor leads back to " + cursor.get())
                    .isTrue();
            Page<T> page = pages.apply(cursor.get());
            items.addAll(page.items());
            cursor = page.next();
        }
        return items;
    }

    @Override
    public void close() {
        backend.close();
    }
}
