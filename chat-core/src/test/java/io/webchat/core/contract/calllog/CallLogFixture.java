package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.calllog.NewMessageLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A call log on two nodes; times are milliseconds after a start that lies about a day in the past. */
public final class CallLogFixture extends ContractFixture {
    /** Makes the fixtures of this suite. */
    static final class Extension extends FixtureExtension<CallLogStoreContract> {
        Extension() {
            super(CallLogStoreContract.class, CallLogFixture.class, CallLogFixture::new);
        }
    }

    private final ContractBackend<CallLogStore> backend;
    private final long start = System.currentTimeMillis() - 100_000_000;

    final CallLogStore node;
    final CallLogStore other;
    final ConversationId talk = ConversationId.direct(alice, bob);
    final RoomId den = room("den");
    final ConversationId denTalk = ConversationId.room(den);

    CallLogFixture(CallLogStoreContract suite) {
        backend = suite.callLogStores();
        node = backend.node();
        other = backend.node();
    }

    CallLogStore node(int i) {
        return i % 2 == 0 ? node : other;
    }

    /** Returns the call log as one that removes messages; skips the test if it removes none. */
    CallLogRemoval removal() {
        Assumptions.assumeTrue(node instanceof CallLogRemoval, "this call log keeps everything");
        return (CallLogRemoval) node;
    }

    /** Returns the time that many milliseconds after the start. */
    long at(long millis) {
        return start + millis;
    }

    /** Returns the position behind the messages of that time. */
    MessagePosition end(long millis) {
        return MessagePosition.endOf(at(millis));
    }

    /** Returns the position of a message of that time. */
    MessagePosition position(ChatEvent.Message message, long millis) {
        return new MessagePosition(at(millis), message.from(), message.id());
    }

    /** Records a new message between two users. */
    ChatEvent.Message log(UserId from, UserId to, String text, long millis) {
        ChatEvent.Message message = ChatEvent.message(from, to, text);
        log(message, millis);
        return message;
    }

    void log(ChatEvent.Message message, long millis) {
        StageResults.await(node.append(message.conversation(), message, at(millis)));
    }

    /** Records a message that is certainly new, with {@code appendNew} if the call log has it. */
    void logNew(ChatEvent.Message message, long millis) {
        StageResults.await(
                node instanceof NewMessageLog log
                        ? log.appendNew(message.conversation(), message, at(millis))
                        : node.append(message.conversation(), message, at(millis)));
    }

    /** Records a new message in the den. */
    ChatEvent.Message say(UserId from, String text, long millis) {
        return say(den, from, text, millis);
    }

    /** Records a new message in a room, which is addressed to its author. */
    ChatEvent.Message say(RoomId room, UserId from, String text, long millis) {
        ChatEvent.Message message =
                ChatEvent.Message.from(from).in(room).timestamp(1).text(text).build();
        log(message, millis);
        return message;
    }

    /** Returns a membership in the den that began then. */
    Membership joined(long millis) {
        return joined(den, millis);
    }

    Membership joined(RoomId room, long millis) {
        return new Membership(room, "a room", RoomRole.MEMBER, at(millis), UserId.of("owner"));
    }

    /** Marks the messages of the other user up to then; the reader is alice or bob. */
    void mark(UserId reader, MessageStatus status, long millis) {
        mark(node, reader, status, millis);
    }

    void mark(CallLogStore marking, UserId reader, MessageStatus status, long millis) {
        UserId author = reader.equals(alice) ? bob : alice;
        StageResults.await(marking.mark(new Mark(talk, author, reader, status, end(millis))));
    }

    /** Marks the author's messages in the den up to then for this reader. */
    void markDen(UserId author, UserId reader, MessageStatus status, long millis) {
        StageResults.await(node.mark(new Mark(denTalk, author, reader, status, end(millis))));
    }

    Optional<LoggedMessage> find(ChatEvent.Message message) {
        return StageResults.await(node.find(message.conversation(), message.from(), message.id()));
    }

    Optional<LoggedMessage> find(UserId author, MessageId id) {
        return StageResults.await(node.find(talk, author, id));
    }

    /** Waits until the message has the status, both listed and found. */
    void awaitStatus(ChatEvent.Message message, MessageStatus status) {
        awaitMarks(() -> assertThat(statuses(message)).containsOnly(status));
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
        return StageResults.await(node.messages(conversation, reader, HistoryRange.newest(1_000)));
    }

    /** All messages of the talk, page by page. */
    List<LoggedMessage> paged(CallLogStore reading, int limit) {
        return paged(
                before -> StageResults.await(reading.messages(talk, alice, HistoryRange.before(before, limit))),
                LoggedMessage::position,
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
        return conversations(reading, user, List.of(), limit);
    }

    /** Returns all of a user's conversations, with those of these rooms, page by page. */
    static List<ConversationEntry> conversations(CallLogStore reading, UserId user, List<Membership> rooms, int limit) {
        return paged(
                before -> StageResults.await(reading.conversations(user, rooms, before, limit)),
                ConversationEntry::position,
                limit);
    }

    /** Returns the user's entry of this conversation, a 1:1 conversation or one of these rooms. */
    ConversationEntry entry(UserId user, ConversationId conversation, Membership... rooms) {
        return conversations(other, user, List.of(rooms), 100).stream()
                .filter(each -> each.id().equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for the effect of a mark, which may become visible a little later. */
    static void awaitMarks(ThrowingRunnable assertion) {
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(StageResults.TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(assertion);
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
