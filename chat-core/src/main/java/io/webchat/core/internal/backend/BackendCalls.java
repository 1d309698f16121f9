package io.webchat.core.internal.backend;

import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserDirectory;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.Deadlines;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileRemoval;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.calllog.NewMessageLog;
import io.webchat.core.spi.calllog.ReaderMarks;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.EventErasure;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.PublishingQueue;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.RoomDetailsStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.support.Failures;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the backends for the engine. Each call ends within the time-out. Each failure arrives as a {@link
 * ChatException}, most often {@code unavailable}.
 */
public final class BackendCalls {
    private static final Logger log = LoggerFactory.getLogger(BackendCalls.class);

    private final BackendSet backends;
    private final ChatObserver observer;
    private final Deadlines deadlines;
    private final AttachmentCalls attachments;
    /** The queue, if its appends can publish to the router's subscriptions in the same step; null otherwise. */
    private final @Nullable PublishingQueue publishingQueue;

    /**
     * Calls to these backends.
     *
     * @param timeout the longest time that a call may take
     * @param observer called for each call that failed
     */
    public BackendCalls(BackendSet backends, Duration timeout, ChatObserver observer) {
        this.backends = backends;
        this.observer = observer;
        this.deadlines = new Deadlines(timeout);
        this.attachments = new AttachmentCalls(this, backends.attachments());
        this.publishingQueue = backends.queue() instanceof PublishingQueue queue && queue.publishesTo(backends.router())
                ? queue
                : null;
    }

    /** Calls {@link ChatRouter#subscribe}. A subscription that is made after the time-out is cancelled. */
    public CompletableFuture<Subscription> subscribe(UserId user, RouterListener listener) {
        CompletableFuture<Subscription> made = invoke(() -> backends.router().subscribe(user, listener));
        return guard("subscribe", made).whenComplete((subscription, failure) -> {
            if (failure != null) {
                // A subscription that arrives after the time-out has no owner. It would make its user look online.
                Completions.whenDone(made.thenCompose(Subscription::cancel), (done, none) -> {});
            }
        });
    }

    /** Calls {@link ChatRouter#publish}. */
    public CompletableFuture<Integer> publish(UserId user, Envelope envelope) {
        return guard("publish", () -> backends.router().publish(user, envelope));
    }

    /** Calls {@link ChatRouter#isOnline}. */
    public CompletableFuture<Boolean> isOnline(UserId user) {
        return guard("isOnline", () -> backends.router().isOnline(user));
    }

    /** Calls {@link OfflineQueue#attach}. */
    public CompletableFuture<AttachedDevice> attach(UserId user, DeviceId device, long after) {
        return guard("attach", () -> backends.queue().attach(user, device, after));
    }

    /** Calls {@link OfflineQueue#append}. */
    public CompletableFuture<Appended> append(UserId user, ChatEvent event) {
        return append(user, event, 0);
    }

    /** Calls {@link OfflineQueue#append}; the event is stored later than {@code after}, Unix milliseconds. */
    public CompletableFuture<Appended> append(UserId user, ChatEvent event, long after) {
        return guard("append", () -> backends.queue().append(user, event, after));
    }

    /** Appends an event; if the queue is able to, publishes a new event in the same step. */
    public CompletableFuture<AppendOutcome> appendAndPublish(UserId user, ChatEvent event) {
        PublishingQueue queue = publishingQueue;
        if (queue == null) {
            return append(user, event).thenApply(appended -> new AppendOutcome(appended, AppendOutcome.UNPUBLISHED));
        }
        return guard("append", () -> queue.appendAndPublish(user, event)).thenApply(published -> {
            Appended appended = published.appended();
            return new AppendOutcome(
                    appended, appended.duplicate() ? AppendOutcome.UNPUBLISHED : published.receivers());
        });
    }

    /** Calls {@link OfflineQueue#read}. */
    public CompletableFuture<QueueSlice> read(UserId user, long after, int limit) {
        return guard("read", () -> backends.queue().read(user, after, limit));
    }

    /** Calls {@link OfflineQueue#confirm}. */
    public CompletableFuture<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return guard("confirm", () -> backends.queue().confirm(user, device, epoch, upTo));
    }

    /** Calls {@link LastSeenTimes#leave}; has no effect if the queue does not tell when users were seen. */
    public CompletableFuture<Void> leave(UserId user, DeviceId device) {
        return backends.queue() instanceof LastSeenTimes times
                ? guard("leave", () -> times.leave(user, device))
                : CompletableFuture.completedFuture(null);
    }

    /** Calls {@link LastSeenTimes#lastSeen}; empty if the queue does not tell. */
    public CompletableFuture<OptionalLong> lastSeen(UserId user) {
        return backends.queue() instanceof LastSeenTimes times
                ? guard("lastSeen", () -> times.lastSeen(user))
                : CompletableFuture.completedFuture(OptionalLong.empty());
    }

    /** Calls {@link OfflineQueue#restore}. */
    public CompletableFuture<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return guard("restore", () -> backends.queue().restore(user, epoch, undelivered));
    }

    /**
     * Records a message in the call log.
     *
     * @param storedAt the time of the message, Unix milliseconds
     * @param mayBeThere whether an earlier attempt may have recorded it
     */
    public CompletableFuture<Void> recordMessage(ChatEvent.Message message, long storedAt, boolean mayBeThere) {
        if (!mayBeThere && backends.log() instanceof NewMessageLog log) {
            return guard("log", () -> log.appendNew(message.conversation(), message, storedAt));
        }
        return guard("log", () -> backends.log().append(message.conversation(), message, storedAt));
    }

    /** Whether messages in the call log can be amended. */
    public boolean amends() {
        return backends.log() instanceof AmendmentLog;
    }

    /** Calls {@link AmendmentLog#amend}; only if {@link #amends}. */
    public CompletableFuture<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt) {
        return guard("amend", () -> ((AmendmentLog) backends.log()).amend(target, amendment, storedAt));
    }

    /** Calls {@link AmendmentLog#timeOf}; only if {@link #amends}. */
    public CompletableFuture<Optional<Long>> timeOf(Amendment amendment, long since) {
        return guard("timeOf", () -> ((AmendmentLog) backends.log()).timeOf(amendment, since));
    }

    /** Calls {@link AmendmentLog#amendments}; there are none if the call log amends nothing. */
    public CompletableFuture<AmendmentLog.AmendmentPage> amendments(
            ConversationId conversation, MessagePosition after, int limit) {
        return backends.log() instanceof AmendmentLog log
                ? guard("amendments", () -> log.amendments(conversation, after, limit))
                : CompletableFuture.completedFuture(new AmendmentLog.AmendmentPage(List.of(), null));
    }

    /** Calls {@link CallLogStore#mark}. */
    public CompletableFuture<Void> mark(Mark mark) {
        return guard("mark", () -> backends.log().mark(mark));
    }

    /** Whether the call log contains the messages of all nodes, so that it can restore a lost queue. */
    public boolean logComplete() {
        return backends.logComplete();
    }

    /** Hides a conversation; fails with {@code forbidden} if the call log cannot remove anything. */
    public CompletableFuture<Void> hide(UserId user, ConversationId conversation, MessagePosition upTo) {
        if (backends.log() instanceof CallLogRemoval removal) {
            return guard("hide", () -> removal.hide(user, conversation, upTo));
        }
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.FORBIDDEN, "this server's call log keeps everything"));
    }

    /** Whether everything that the backends have of a user can be removed. */
    public boolean erases() {
        return backends.log() instanceof CallLogRemoval
                && backends.queue() instanceof QueueRemoval
                && backends.queue() instanceof EventErasure
                && backends.profiles() instanceof ProfileRemoval;
    }

    /** Calls {@link CallLogRemoval#partners}; only if {@link #erases}. */
    public CompletableFuture<Set<UserId>> partners(UserId user) {
        return guard("partners", () -> ((CallLogRemoval) backends.log()).partners(user));
    }

    /** Calls {@link CallLogRemoval#erase(UserId)}; only if {@link #erases}. */
    public CompletableFuture<Void> eraseLog(UserId user) {
        return guard("erase", () -> ((CallLogRemoval) backends.log()).erase(user));
    }

    /** Calls {@link QueueRemoval#clear}; only if {@link #erases}. */
    public CompletableFuture<Void> clearQueue(UserId user) {
        return guard("clear", () -> ((QueueRemoval) backends.queue()).clear(user));
    }

    /** Calls {@link EventErasure#erase}; only if {@link #erases}. */
    public CompletableFuture<Void> eraseEvents(UserId user, UserId author) {
        return guard("eraseEvents", () -> ((EventErasure) backends.queue()).erase(user, author));
    }

    /** Calls {@link ProfileRemoval#remove}; only if {@link #erases}. */
    public CompletableFuture<Void> removeProfile(UserId user) {
        return guard("removeProfile", () -> ((ProfileRemoval) backends.profiles()).remove(user));
    }

    /** Deletes a conversation for all users; has no effect if the call log cannot remove anything. */
    public CompletableFuture<Void> erase(ConversationId conversation) {
        return backends.log() instanceof CallLogRemoval removal
                ? guard("erase", () -> removal.erase(conversation))
                : CompletableFuture.completedFuture(null);
    }

    /** Calls {@link CallLogStore#find}. */
    public CompletableFuture<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return guard("find", () -> backends.log().find(conversation, author, id));
    }

    /** Calls {@link ReaderMarks#received}; fails with {@code forbidden} if the call log cannot tell. */
    public CompletableFuture<Map<UserId, Watermarks>> received(ConversationId conversation, Collection<UserId> users) {
        if (backends.log() instanceof ReaderMarks marks) {
            return guard("received", () -> marks.received(conversation, users));
        }
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.FORBIDDEN, "this server's call log does not tell who has seen a message"));
    }

    /** Returns the reader of this user's list of conversations: with the user's rooms and blocks. */
    public CompletableFuture<ConversationReader> reader(UserId user) {
        return rooms("roomsOf", store -> store.roomsOf(user))
                .thenCombine(
                        profiles("blocks", store -> store.blocks(user)),
                        (rooms, blocked) -> new ConversationReader(user, rooms, blocked));
    }

    /** Makes any other call to the call log. */
    public <T> CompletableFuture<T> callLog(String operation, Function<CallLogStore, CompletionStage<T>> call) {
        return guard(operation, () -> call.apply(backends.log()));
    }

    /** Makes a call to the room store. */
    public <T> CompletableFuture<T> rooms(String operation, Function<RoomStore, CompletionStage<T>> call) {
        return guard(operation, () -> call.apply(backends.rooms()));
    }

    /** Calls {@link RoomDetailsStore#update}; fails with {@code forbidden} if the room store cannot. */
    public CompletableFuture<Boolean> updateRoom(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        if (backends.rooms() instanceof RoomDetailsStore updating) {
            return guard("updateRoom", () -> updating.update(room, update, note));
        }
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.FORBIDDEN, "the rooms of this server keep their names and other details"));
    }

    /** Whether the room store remembers which rooms a user must agree to join. */
    public boolean keepsConsents() {
        return backends.rooms() instanceof RoomConsentStore;
    }

    /** Makes a call to the store of consents; fails with {@code forbidden} if there is none. */
    public <T> CompletableFuture<T> consents(String operation, Function<RoomConsentStore, CompletionStage<T>> call) {
        if (backends.rooms() instanceof RoomConsentStore consents) {
            return guard(operation, () -> call.apply(consents));
        }
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.FORBIDDEN, "the rooms of this server have no invitations"));
    }

    /** Returns the calls to the store of files. */
    public AttachmentCalls attachments() {
        return attachments;
    }

    /** Asks the host's directory. */
    public CompletableFuture<Boolean> exists(UserDirectory directory, UserId user) {
        return guard("exists", () -> directory.exists(user));
    }

    /** Asks the host's directory whether the user may open a session; fails with {@code unauthorized} if not. */
    public CompletableFuture<Void> admit(UserDirectory directory, UserId user) {
        return guard("admits", () -> directory.admits(user)).thenAccept(admitted -> {
            if (!admitted) {
                throw new ChatException(ErrorCode.UNAUTHORIZED, "the application does not admit this user");
            }
        });
    }

    /** Makes a call to the profile store. */
    public <T> CompletableFuture<T> profiles(String operation, Function<ProfileStore, CompletionStage<T>> call) {
        return guard(operation, () -> call.apply(backends.profiles()));
    }

    private <T> CompletableFuture<T> guard(String operation, Supplier<CompletionStage<T>> call) {
        return guard(operation, invoke(call));
    }

    /** Makes the call; an exception becomes the failure of the stage. */
    static <T> CompletableFuture<T> invoke(Supplier<CompletionStage<T>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException e) {
            // An adapter should fail through its stage. An exception from it must not end the session.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns the answer to several calls, or {@code unavailable} within the time-out of one. */
    public <T> CompletableFuture<T> within(String operation, CompletableFuture<T> answer) {
        return guard(operation, answer);
    }

    /** Returns the answer, or a failure of its kind within the time-out. */
    <T> CompletableFuture<T> guard(String operation, CompletableFuture<T> answer) {
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return answer;
        }
        // A future of its own, because the engine must not complete the adapter's future.
        CompletableFuture<T> result = new CompletableFuture<>();
        Completions.whenDone(answer, (value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(translated(operation, failure));
            }
        });
        deadlines.watch(
                result, () -> result.completeExceptionally(translated(operation, new TimeoutException(operation))));
        return result;
    }

    private ChatException translated(String operation, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known && known.code() != ErrorCode.UNAVAILABLE) {
            return known;
        }
        observer.backendFailed(operation);
        log.debug("{} failed", operation, cause);
        return cause instanceof ChatException known
                ? known
                : new ChatException(ErrorCode.UNAVAILABLE, "the server's " + operation + " failed, try again", cause);
    }
}
