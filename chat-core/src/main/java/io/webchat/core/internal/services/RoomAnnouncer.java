package io.webchat.core.internal.services;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventCodec;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.AuthorWords;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.SessionlessSends;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.support.Backoff;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the members of a room of its changes, by messages in the room's history. The store keeps the message as a note,
 * in the step of the change, until it is sent. So a change is told even if its node dies: the next node that reads the
 * room finds the note and sends the message. It has the same id, so it is one message however often it is sent.
 *
 * <p>Members who have blocked the user who makes a change hear of it without words of that user.
 */
public final class RoomAnnouncer {
    private static final Logger log = LoggerFactory.getLogger(RoomAnnouncer.class);

    /** The node of an older note has died, or has given it up. Younger ones are on their way. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);
    /** Queues recognise a resend for a day. An older message is sent only if the call log does not have it. */
    private static final Duration RECOGNISED = Duration.ofHours(23);
    /** After so many attempts the message waits for the next reader of the room. */
    private static final int MAX_ATTEMPTS = 20;

    private static final int MAX_PARALLEL = 64;

    private final BackendCalls backends;
    private final SessionlessSends sends;
    private final Permissions permissions;
    private final Clock clock;
    private final Backoff backoff;
    private final BiConsumer<Duration, Runnable> timer;
    /** The ids of the notes whose messages this node sends, or sends again. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * An announcer that sends through these sends.
     *
     * @param permissions tells who has blocked whom
     * @param clock tells the age of notes
     * @param backoff the time to wait before a retry
     * @param timer runs a retry after a time
     */
    public RoomAnnouncer(
            BackendCalls backends,
            SessionlessSends sends,
            Permissions permissions,
            Clock clock,
            Backoff backoff,
            BiConsumer<Duration, Runnable> timer) {
        this.backends = backends;
        this.sends = sends;
        this.permissions = permissions;
        this.clock = clock;
        this.backoff = backoff;
        this.timer = timer;
    }

    /**
     * Makes a change, and tells the members and {@code user} of it if it changed anything. A message that cannot be
     * sent now is sent later, so it does not make the change fail.
     *
     * @param message the message that tells of it
     * @param user the user whom the change is about
     * @param change the change, which stores the note
     * @return whether anything changed
     */
    CompletableFuture<Boolean> change(
            ChatEvent.Message message, UserId user, Function<RoomNote, CompletableFuture<Boolean>> change) {
        RoomNote note = new RoomNote(message.id().value(), user + " " + encoded(message));
        underWay.add(note.id());
        return change.apply(note)
                .whenComplete((changed, failure) -> {
                    if (failure != null || !changed) {
                        underWay.remove(note.id());
                    }
                })
                .thenCompose(changed -> changed
                        ? attempt(message, user, 1).thenApply(done -> true)
                        : CompletableFuture.completedFuture(false));
    }

    private static String encoded(ChatEvent.Message message) {
        return new String(EventCodec.encode(Envelope.passing(message)), StandardCharsets.UTF_8);
    }

    /** Sends the message of a note that is under way; retries later if that fails. Never fails. */
    private CompletableFuture<Void> attempt(ChatEvent.Message message, UserId user, int attempt) {
        String note = message.id().value();
        return tell(message, user).handle((done, failure) -> {
            if (failure != null && attempt < MAX_ATTEMPTS) {
                log.debug("cannot tell of a change of room {}; retrying", message.room(), failure);
                timer.accept(backoff.delay(attempt - 1), () -> {
                    CompletableFuture<Void> unused = attempt(message, user, attempt + 1);
                });
            } else {
                underWay.remove(note);
            }
            return null;
        });
    }

    private CompletableFuture<Void> tell(ChatEvent.Message message, UserId user) {
        RoomId room = message.conversation().roomId().orElseThrow();
        return backends.rooms("room", store -> store.load(room)).thenCompose(found -> {
            if (found.isEmpty()) {
                // Nobody can read its history any more.
                signal(SystemMessages.ended(message), List.of(user));
                return CompletableFuture.completedFuture(null);
            }
            return takers(message, recipients(message, user, found.get().room()))
                    .thenCompose(takers -> sends.announce(message, takers))
                    .thenCompose(done -> removeNote(room, message.id().value()));
        });
    }

    private CompletableFuture<Void> removeNote(RoomId room, String note) {
        return backends.rooms("removeNote", store -> store.removeNote(room, note));
    }

    private static List<UserId> recipients(ChatEvent.Message message, UserId user, Room room) {
        Stream<UserId> members = room.members().stream().map(RoomMember::user);
        return Stream.concat(members, Stream.of(user))
                .filter(each -> !each.equals(message.from()))
                .distinct()
                .toList();
    }

    /** Returns the users who take the message. The others get a signal in its place. */
    private CompletableFuture<List<UserId>> takers(ChatEvent.Message message, List<UserId> users) {
        return AuthorWords.areIn(message)
                ? permissions.withoutBlockersOf(message.from(), users).thenApply(takers -> {
                    publish(SystemMessages.updated(message), others(users, takers));
                    return takers;
                })
                : CompletableFuture.completedFuture(users);
    }

    private static List<UserId> others(List<UserId> users, List<UserId> takers) {
        Set<UserId> excluded = Set.copyOf(takers);
        return users.stream().filter(each -> !excluded.contains(each)).toList();
    }

    /**
     * Publishes a signal to these users. It is not stored: a client that connects asks for rooms and invitations. While
     * nobody knows who has blocked its author, all get it without the author's words.
     */
    void signal(ChatEvent.Signal signal, List<UserId> users) {
        if (!AuthorWords.areIn(signal)) {
            publish(signal, users);
            return;
        }
        Completions.whenDone(permissions.withoutBlockersOf(signal.from(), users), (found, failure) -> {
            List<UserId> takers = found == null ? List.of() : found;
            publish(signal, takers);
            publish(SystemMessages.withoutWords(signal), others(users, takers));
        });
    }

    private void publish(ChatEvent.Signal signal, List<UserId> users) {
        Completions.whenDone(
                Fanout.over(
                                users,
                                MAX_PARALLEL,
                                users.size(),
                                null,
                                each -> backends.publish(each, Envelope.passing(signal.copyTo(each))))
                        .done(),
                (done, failure) -> {});
    }

    /** Sends the messages of changes that were given up, in the background. */
    public void onLoaded(RoomSnapshot snapshot) {
        long old = clock.millis() - GIVEN_UP.toMillis();
        List<RoomNote> givenUp = snapshot.notes().stream()
                .filter(each -> message(each).timestamp() * 1000 <= old)
                .toList();
        if (!givenUp.isEmpty()) {
            CompletableFuture<Void> unused = tellAll(snapshot.room().id(), givenUp);
        }
    }

    /** Sends the messages of all earlier changes of the room, before a repeated call answers that nothing changed. */
    CompletableFuture<Void> tellEarlier(RoomId room) {
        return backends.rooms("room", store -> store.load(room))
                .thenCompose(
                        found -> tellAll(room, found.map(RoomSnapshot::notes).orElse(List.of())));
    }

    /** Sends messages one after another, so that they keep their order; never fails. */
    private CompletableFuture<Void> tellAll(RoomId room, List<RoomNote> notes) {
        return Fanout.over(
                        notes,
                        1,
                        each -> underWay.add(each.id())
                                ? tellAgain(room, each)
                                : CompletableFuture.completedFuture(null))
                .done();
    }

    private CompletableFuture<Void> tellAgain(RoomId room, RoomNote note) {
        ChatEvent.Message message = message(note);
        UserId user = UserId.of(note.text().substring(0, note.text().indexOf(' ')));
        if (message.timestamp() * 1000 > clock.millis() - RECOGNISED.toMillis()) {
            return attempt(message, user, 1);
        }
        return backends.find(message.conversation(), message.from(), message.id())
                .thenCompose(logged -> logged.isPresent() ? removeNote(room, note.id()) : tell(message, user))
                .handle((done, failure) -> {
                    underWay.remove(note.id());
                    return null;
                });
    }

    private static ChatEvent.Message message(RoomNote note) {
        String json = note.text().substring(note.text().indexOf(' ') + 1);
        return (ChatEvent.Message)
                EventCodec.decode(json.getBytes(StandardCharsets.UTF_8)).event();
    }
}
