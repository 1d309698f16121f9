package io.webchat.dynamo.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomDetailsStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.internal.rooms.RoomReader.State;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Rooms in the table. Each change reads the current state and writes a transaction that holds only while this state is
 * still current. If another node changed it meanwhile, the change begins again.
 */
public final class TableRooms implements RoomStore, RoomDetailsStore {
    private static final int MAX_ATTEMPTS = 40;

    private final TableClient table;
    private final RoomReader reader;

    /** Rooms in this table. */
    public TableRooms(TableClient table) {
        this.table = table;
        this.reader = new RoomReader(table);
    }

    /**
     * A decision about a change.
     *
     * @param answer the answer to the caller
     * @param writes the transaction to carry out first; empty if nothing changes
     */
    private record Decision(boolean answer, List<TransactWriteItem> writes) {
        static Decision noChange() {
            return new Decision(false, List.of());
        }

        static Decision write(List<TransactWriteItem> writes) {
            return new Decision(true, writes);
        }

        /** Returns the same decision, with a note of the change if there is one. */
        Decision with(RoomTransactions transactions, @Nullable RoomNote note) {
            if (note == null || writes.isEmpty()) {
                return this;
            }
            List<TransactWriteItem> all = new ArrayList<>(writes);
            all.add(transactions.note(note));
            return write(all);
        }
    }

    @Override
    public CompletionStage<Boolean> create(Room room, @Nullable RoomNote note) {
        RoomTransactions transactions = transactions(room.id());
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(transactions.put(RoomItems.meta(room)));
        for (RoomMember member : room.members()) {
            writes.add(transactions.put(RoomItems.member(room.id(), member)));
            writes.add(transactions.put(RoomItems.membership(room.id(), room.details(), member)));
        }
        return attempt(
                () -> reader.wasCreated(room.id())
                        .thenApply(created -> created ? Decision.noChange() : Decision.write(writes))
                        .thenApply(decision -> decision.with(transactions, note)),
                0);
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> load(RoomId room) {
        return reader.load(room);
    }

    @Override
    public CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers, @Nullable RoomNote note) {
        return change(room, member.user(), note, found -> {
            State state = found.orElseThrow(TableRooms::noSuchRoom);
            RoomMember there = state.member();
            return there == null ? add(room, member, state, maxMembers) : changeRole(room, member, there, state);
        });
    }

    private Decision add(RoomId room, RoomMember member, State state, int maxMembers) {
        if (state.memberCount() >= maxMembers) {
            throw new ChatException(ErrorCode.TOO_LARGE, "a room has at most " + maxMembers + " members");
        }
        return Decision.write(transactions(room).add(RoomItems.details(state.meta()), member, maxMembers));
    }

    private Decision changeRole(RoomId room, RoomMember member, RoomMember there, State state) {
        if (there.role() == member.role()) {
            return Decision.noChange();
        }
        if (there.role() == RoomRole.OWNER && state.hasOneOwner()) {
            throw new ChatException(ErrorCode.CONFLICT, "a room needs an owner");
        }
        return Decision.write(transactions(room).changeRole(member.user(), there.role(), member.role()));
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId room, UserId member, @Nullable RoomNote note) {
        return change(room, member, null, found -> {
            RoomMember there = found.map(State::member).orElse(null);
            if (found.isEmpty() || there == null) {
                return Decision.noChange();
            }
            if (found.get().memberCount() <= 1) {
                return Decision.write(transactions(room).removeLast(member, there.role()));
            }
            if (there.role() == RoomRole.OWNER && found.get().hasOneOwner()) {
                throw new ChatException(ErrorCode.CONFLICT, "the last owner cannot leave others behind");
            }
            return Decision.write(transactions(room).remove(member, there.role()))
                    .with(transactions(room), note);
        });
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return reader.roomsOf(user);
    }

    /** Updates the room first, and then its entry in the list of each member: later members get the new details. */
    @Override
    public CompletionStage<Boolean> update(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        RoomTransactions transactions = transactions(room);
        CompletableFuture<Boolean> updated = attempt(
                () -> reader.load(room)
                        .thenApply(found ->
                                found.orElseThrow(TableRooms::noSuchRoom).room().details())
                        .thenApply(before -> before.equals(before.with(update))
                                ? Decision.noChange()
                                : Decision.write(transactions.update(before, before.with(update)))
                                        .with(transactions, note)),
                0);
        return update.isListed()
                ? updated.thenCompose(changed -> reader.load(room)
                        .thenCompose(found -> updateLists(found.map(RoomSnapshot::room)))
                        .thenApply(done -> changed))
                : updated;
    }

    private CompletableFuture<Void> updateLists(Optional<Room> updated) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (RoomMember each : updated.map(Room::members).orElse(List.of())) {
            Room room = updated.get();
            Map<String, AttributeValue> key = Item.key(TableKeys.user(each.user()), RoomKeys.room(room.id()));
            all = all.thenCompose(done -> setDetails(key, room.details()));
        }
        return all;
    }

    /** Sets the name and the picture of an entry; has no effect if the entry is gone. */
    private CompletableFuture<Void> setDetails(Map<String, AttributeValue> key, RoomDetails details) {
        return table.update(update -> update.key(key)
                        .updateExpression("SET #name = :name, #picture = :picture")
                        .conditionExpression("attribute_exists(pk)")
                        .expressionAttributeNames(Map.of("#name", RoomItems.NAME, "#picture", RoomItems.PICTURE))
                        .expressionAttributeValues(
                                Map.of(":name", Item.text(details.name()), ":picture", Item.text(details.picture()))))
                .<Void>thenApply(done -> null)
                .exceptionallyCompose(failure -> Failures.unwrap(failure) instanceof ConditionalCheckFailedException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    @Override
    public CompletionStage<Void> removeNote(RoomId room, String note) {
        return table.delete(delete -> delete.key(Item.key(RoomKeys.room(room), RoomKeys.note(note))))
                .thenApply(done -> null);
    }

    private static ChatException noSuchRoom() {
        return new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
    }

    private RoomTransactions transactions(RoomId room) {
        return new RoomTransactions(table.name(), room);
    }

    private CompletableFuture<Boolean> change(
            RoomId room, UserId member, @Nullable RoomNote note, Function<Optional<State>, Decision> decide) {
        return attempt(
                () -> reader.state(room, member)
                        .thenApply(decide)
                        .thenApply(decision -> decision.with(transactions(room), note)),
                0);
    }

    /** Reads, decides and writes. Begins again if the state that was read is no longer current. */
    private CompletableFuture<Boolean> attempt(Supplier<CompletableFuture<Decision>> decide, int attempts) {
        return decide.get().thenCompose(decision -> {
            if (decision.writes().isEmpty()) {
                return CompletableFuture.completedFuture(decision.answer());
            }
            return table.transact(decision.writes())
                    .thenApply(done -> decision.answer())
                    .exceptionallyCompose(failure ->
                            Failures.unwrap(failure) instanceof TransactionCanceledException && attempts < MAX_ATTEMPTS
                                    ? Futures.later(ThrottleRetry.BACKOFF.delay(Math.min(attempts, 3)))
                                            .thenCompose(waited -> attempt(decide, attempts + 1))
                                    : CompletableFuture.failedFuture(toCaller(failure)));
        });
    }

    private static RuntimeException toCaller(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof TransactionCanceledException
                ? new ChatException(ErrorCode.UNAVAILABLE, "too many nodes change this room at once, try again", cause)
                : DynamoErrors.toCaller(failure);
    }
}
