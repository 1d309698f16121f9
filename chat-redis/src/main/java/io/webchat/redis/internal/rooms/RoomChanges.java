package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes rooms and the lists of their members. A room and a list may be on different servers, so a change takes three
 * steps: it marks the entry in the list, changes the room, and writes the result into the entry.
 *
 * <p>The room decides. A reader that meets a mark asks the room, so it never sees half of a change, even if the node
 * dies between two steps. Each mark has a ticket. The room refuses a change whose ticket is not the latest for its
 * user, so that no step that comes late contradicts a list that is settled already.
 */
public final class RoomChanges {
    private static final Logger log = LoggerFactory.getLogger(RoomChanges.class);

    /** Each attempt fails only if another change was faster. */
    private static final int MAX_ATTEMPTS = 100;

    /** The largest number of lists that are refreshed at once. */
    private static final int MAX_PARALLEL = 64;

    private final CommandClient commands;
    private final RoomScripts scripts;

    /** Changes through this client. */
    public RoomChanges(CommandClient commands, RoomScripts scripts) {
        this.commands = commands;
        this.scripts = scripts;
    }

    /** Creates the room; false if its id was used before. */
    public CompletableFuture<Boolean> create(Room room, @Nullable RoomNote note) {
        return create(room, note, 0, 1);
    }

    private CompletableFuture<Boolean> create(Room room, @Nullable RoomNote note, long floor, int attempt) {
        List<CompletableFuture<Long>> marks = room.members().stream()
                .map(each -> mark(each.user(), room.id(), floor))
                .toList();
        return all(marks)
                .thenCompose(tickets -> commands.send(scripts.create(room, tickets, note))
                        .thenApply(CreateReply::of)
                        .thenCompose(reply -> reply.outcome() == StepReply.Outcome.STALE
                                ? again(attempt, () -> create(room, note, reply.last(), attempt + 1))
                                : settleAll(room, tickets, reply)
                                        .thenApply(done -> reply.outcome() == StepReply.Outcome.CHANGED)));
    }

    private CompletableFuture<List<Void>> settleAll(Room room, List<Long> tickets, CreateReply reply) {
        return all(IntStream.range(0, tickets.size())
                .mapToObj(i -> settle(room.members().get(i).user(), room.id(), tickets.get(i), reply.entry(i)))
                .toList());
    }

    /** Adds the member, or changes the role. */
    public CompletableFuture<Boolean> put(RoomId room, RoomMember member, int maxMembers, @Nullable RoomNote note) {
        return change(room, member.user(), ticket -> scripts.put(room, member, ticket, maxMembers, note))
                .thenApply(reply -> switch (reply.outcome()) {
                    case CHANGED -> true;
                    case UNCHANGED, STALE -> false;
                    case MISSING -> throw noSuchRoom();
                    case FULL ->
                        throw new ChatException(ErrorCode.TOO_LARGE, "a room has at most " + maxMembers + " members");
                    case LAST_OWNER -> throw lastOwner();
                });
    }

    /** Removes the member; false if the room or the member does not exist. */
    public CompletableFuture<Boolean> remove(RoomId room, UserId member, @Nullable RoomNote note) {
        return change(room, member, ticket -> scripts.remove(room, member, ticket, note))
                .thenApply(reply -> {
                    if (reply.outcome() == StepReply.Outcome.LAST_OWNER) {
                        throw lastOwner();
                    }
                    return reply.outcome() == StepReply.Outcome.CHANGED;
                });
    }

    /** Updates the details of the room; returns whether that changed anything. */
    public CompletableFuture<Boolean> update(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        return commands.send(scripts.update(room, update, note)).thenApply(reply -> {
            if (Long.valueOf(0).equals(reply)) {
                throw noSuchRoom();
            }
            return Long.valueOf(2).equals(reply);
        });
    }

    /** Removes the note of a change. */
    public CompletableFuture<Void> forgetNote(RoomId room, String note) {
        return commands.send(scripts.forgetNote(room, note)).thenApply(done -> null);
    }

    private static ChatException noSuchRoom() {
        return new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
    }

    /** Writes what the room has about these users into their lists, a few at a time. */
    public CompletableFuture<Void> refreshAll(RoomId room, List<UserId> users) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < users.size(); i += MAX_PARALLEL) {
            List<UserId> some = users.subList(i, Math.min(i + MAX_PARALLEL, users.size()));
            all = all.thenCompose(done ->
                            all(some.stream().map(each -> refresh(room, each)).toList()))
                    .thenApply(done -> null);
        }
        return all;
    }

    private static ChatException lastOwner() {
        return new ChatException(ErrorCode.CONFLICT, "a room keeps at least one owner");
    }

    private CompletableFuture<StepReply> change(RoomId room, UserId user, LongFunction<RedisCommand> step) {
        return attempt(room, user, step, 0, 1);
    }

    private CompletableFuture<StepReply> attempt(
            RoomId room, UserId user, LongFunction<RedisCommand> step, long floor, int attempt) {
        return mark(user, room, floor)
                .thenCompose(ticket -> commands.send(step.apply(ticket))
                        .thenApply(StepReply::of)
                        .thenCompose(reply -> reply.outcome() == StepReply.Outcome.STALE
                                ? again(attempt, () -> attempt(room, user, step, reply.last(), attempt + 1))
                                : settle(user, room, ticket, reply.entry()).thenApply(done -> reply)));
    }

    private static <T> CompletableFuture<T> again(int attempt, Supplier<CompletableFuture<T>> next) {
        return attempt < MAX_ATTEMPTS
                ? next.get()
                : CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.UNAVAILABLE, "too many changes of this room at once; try again"));
    }

    /** Ends the change with this ticket, which its node has given up. */
    CompletableFuture<Void> resolve(RoomId room, UserId user, long ticket) {
        return commands.send(scripts.resolve(room, user, ticket))
                .thenApply(StepReply::of)
                .thenCompose(reply -> settle(user, room, ticket, reply.entry()));
    }

    /** Writes what the room has about the user into the user's list. */
    CompletableFuture<Void> refresh(RoomId room, UserId user) {
        return mark(user, room, 0).thenCompose(ticket -> resolve(room, user, ticket));
    }

    private CompletableFuture<Long> mark(UserId user, RoomId room, long floor) {
        return commands.send(scripts.mark(user, room, floor)).thenApply(Long.class::cast);
    }

    /** A failure has no consequence: the mark stays, so readers ask the room. */
    private CompletableFuture<Void> settle(UserId user, RoomId room, long ticket, String entry) {
        return commands.send(scripts.settle(user, room, ticket, entry)).handle((done, failure) -> {
            if (failure != null) {
                log.debug("cannot settle room {} in the list of {}", room, user, failure);
            }
            return null;
        });
    }

    /** The results in order; fails if one of them fails. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> stages.stream().map(CompletableFuture::join).toList());
    }
}
