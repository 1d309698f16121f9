package io.webchat.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.UserId;
import io.webchat.core.spi.CallLogStore;
import io.webchat.core.spi.HistoryRange;
import io.webchat.core.spi.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /** The reader, who is one of the two, has what the other one wrote up to then. */
    void mark(UserId reader, MessageStatus status, long millis) {
        mark(node, reader, status, millis);
    }

    void mark(CallLogStore marking, UserId reader, MessageStatus status, long millis) {
        UserId author = reader.equals(alice) ? bob : alice;
        Answers.of(marking.mark(new Mark(talk, author, reader, status, at(millis))));
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

    /** All messages of a conversation that nobody has hidden, newest first. */
    List<LoggedMessage> messages(ConversationId conversation) {
        return messages(conversation, user("nobody"));
    }

    /** All messages that this reader has not hidden, newest first. */
    List<LoggedMessage> messages(ConversationId conversation, UserId reader) {
        return Answers.of(node.messages(conversation, reader, HistoryRange.newest(1_000)));
    }

    /** All messages of the talk, page by page. */
    List<LoggedMessage> paged(CallLogStore reading, int limit) {
        return paged(
                before -> Answers.of(reading.messages(talk, alice, HistoryRange.before(before, limit))),
                LoggedMessage::place,
                limit);
    }

    List<String> texts() {
        return texts(messages());
    }

    static List<String> texts(List<LoggedMessage> messages) {
        return messages.stream().map(each -> each.message().text()).toList();
    }

    /** All of a user's 1:1 conversations, as the first node lists them. */
    List<ConversationEntry> conversations(UserId user) {
        return conversations(node, user, 100);
    }

    static List<ConversationEntry> conversations(CallLogStore reading, UserId user, int limit) {
        return paged(
                before -> Answers.of(reading.conversations(user, List.of(), before, limit)),
                ConversationEntry::place,
                limit);
    }

    /** The items of all pages, which must come to an end: only the last one is not full. */
    private static <T, P> List<T> paged(Function<@Nullable P, List<T>> pages, Function<T, P> placeOf, int limit) {
        List<T> items = new ArrayList<>();
        Set<P> seen = new HashSet<>();
        List<T> page = pages.apply(null);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            items.addAll(page);
            P last = placeOf.apply(page.get(page.size() - 1));
            assertThat(seen.add(last)).as("no page leads back to " + last).isTrue();
            page = page.size() < limit ? List.of() : pages.apply(last);
        }
        return items;
    }

    @Override
    public void close() {
        backend.close();
    }
}
