package io.webchat.dynamo;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.UserId;
import io.webchat.core.spi.RoomStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Rooms in DynamoDB. Each change is a transaction with conditions on what was read before; where another node was
 * faster, it is read and tried again. Safe for use by any number of threads; stages complete on threads of the
 * client.
 */
public final class DynamoRoomStore implements RoomStore {
    private static final int MAX_ATTEMPTS = 40;

    private final Table table;

    private DynamoRoomStore(Table table) {
        this.table = table;
    }

    /** Rooms in a table that {@link DynamoTable} made. The client stays the caller's to close. */
    public static DynamoRoomStore create(DynamoDbAsyncClient client, DynamoConfig config) {
        return new DynamoRoomStore(new Table(client, config));
    }

    /** What a change is about: the room's counts, and its member. */
    private record State(
            Map<String, AttributeValue> meta, @Nullable RoomMember member) {
        boolean lastOwner() {
            return Item.number(meta, RoomItems.OWNERS) <= 1;
        }
    }

    /** What to do: nothing more, with an answer, or a transaction. */
    private record Step(boolean answer, List<TransactWriteItem> writes) {
        static Step nothing() {
            return new Step(false, List.of());
        }

        static Step write(List<TransactWriteItem> writes) {
            return new Step(true, writes);
        }
    }

    @Override
    public CompletionStage<Boolean> create(Room room) {
        RoomChange change = new RoomChange(table.name(), room.id());
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(change.put(RoomItems.meta(room)));
        for (RoomMember member : room.members()) {
            writes.add(change.put(RoomItems.member(room.id(), member)));
            writes.add(change.put(RoomItems.membership(room.id(), room.name(), member)));
        }
        return attempt(
                () -> table.get(Keys.room(room.id()), Keys.META)
                        .thenApply(there -> there == null ? Step.write(writes) : Step.nothing()),
                0);
    }

    @Override
    public CompletionStage<Optional<Room>> find(RoomId room) {
        return find(room, 0);
    }

    /** A query is no snapshot: one that a change went through is repeated. */
    private CompletableFuture<Optional<Room>> find(RoomId room, int attempts) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :room")
                .expressionAttributeValues(Map.of(":room", Item.text(Keys.room(room))))
                .build();
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        return table.queryPages(query, page -> items.addAll(page.items())).thenCompose(done -> {
            Optional<Map<String, AttributeValue>> meta = items.stream()
                    .filter(item -> Keys.META.equals(Item.text(item, Keys.SK)))
                    .filter(DynamoRoomStore::exists)
                    .findFirst();
            List<RoomMember> members = items.stream()
                    .filter(item -> Item.text(item, Keys.SK).startsWith(Keys.MEMBERS))
                    .map(RoomItems::member)
                    .toList();
            boolean whole = meta.map(found -> RoomItems.counts(found, members)).orElse(members.isEmpty());
            if (whole || attempts >= MAX_ATTEMPTS) {
                return CompletableFuture.completedFuture(meta.map(found -> RoomItems.room(room, found, members)));
            }
            return Stages.later(Backoff.delay(0)).thenCompose(waited -> find(room, attempts + 1));
        });
    }

    @Override
    public CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers) {
        RoomChange change = new RoomChange(table.name(), room);
        return change(room, member.user(), found -> {
            if (found.isEmpty()) {
                throw new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
            }
            State state = found.get();
            RoomMember there = state.member();
            if (there == null) {
                if (Item.number(state.meta(), RoomItems.MEMBERS) >= maxMembers) {
                    throw new ChatException(ErrorCode.TOO_LARGE, "a room has at most " + maxMembers + " members");
                }
                return Step.write(change.add(Item.text(state.meta(), RoomItems.NAME), member, maxMembers));
            }
            if (there.role() == member.role()) {
                return Step.nothing();
            }
            if (there.role() == RoomRole.OWNER && state.lastOwner()) {
                throw new ChatException(ErrorCode.CONFLICT, "a room needs an owner");
            }
            return Step.write(change.change(member.user(), there.role(), member.role()));
        });
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId room, UserId member) {
        RoomChange change = new RoomChange(table.name(), room);
        return change(room, member, found -> {
            RoomMember there = found.map(State::member).orElse(null);
            if (found.isEmpty() || there == null) {
                return Step.nothing();
            }
            if (Item.number(found.get().meta(), RoomItems.MEMBERS) <= 1) {
                return Step.write(change.end(member, there.role()));
            }
            if (there.role() == RoomRole.OWNER && found.get().lastOwner()) {
                throw new ChatException(ErrorCode.CONFLICT, "the last owner cannot leave others behind");
            }
            return Step.write(change.remove(member, there.role()));
        });
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :rooms)")
                .expressionAttributeValues(Map.of(":user", Item.text(Keys.user(user)), ":rooms", Item.text(Keys.ROOMS)))
                .build();
        List<Membership> found = new ArrayList<>();
        return table.queryPages(query, page -> {
                    page.items().forEach(item -> found.add(RoomItems.membership(item)));
                    return true;
                })
                .thenApply(done -> List.copyOf(found));
    }

    private CompletableFuture<Boolean> change(RoomId room, UserId member, Function<Optional<State>, Step> decide) {
        return attempt(() -> read(room, member).thenApply(decide), 0);
    }

    private CompletableFuture<Optional<State>> read(RoomId room, UserId member) {
        List<Map<String, AttributeValue>> keys =
                List.of(Item.key(Keys.room(room), Keys.META), Item.key(Keys.room(room), Keys.member(member)));
        return table.getAll(keys, null).thenApply(items -> {
            RoomMember there = items.stream()
                    .filter(item -> !Keys.META.equals(Item.text(item, Keys.SK)))
                    .findFirst()
                    .map(RoomItems::member)
                    .orElse(null);
            return items.stream()
                    .filter(item -> Keys.META.equals(Item.text(item, Keys.SK)))
                    .filter(DynamoRoomStore::exists)
                    .findFirst()
                    .map(meta -> new State(meta, there));
        });
    }

    /** Of a room that is gone the item that counts its members is left. */
    private static boolean exists(Map<String, AttributeValue> meta) {
        return Item.number(meta, RoomItems.MEMBERS) > 0;
    }

    /** Reads, decides and writes; from the start where what was read did not hold any more, or others write as well. */
    private CompletableFuture<Boolean> attempt(Supplier<CompletableFuture<Step>> decide, int attempts) {
        return decide.get().thenCompose(step -> {
            if (step.writes().isEmpty()) {
                return CompletableFuture.completedFuture(step.answer());
            }
            return table.transact(step.writes())
                    .thenApply(done -> step.answer())
                    .exceptionallyCompose(failure ->
                            Faults.cause(failure) instanceof TransactionCanceledException && attempts < MAX_ATTEMPTS
                                    ? Stages.later(Backoff.delay(Math.min(attempts, 3)))
                                            .thenCompose(waited -> attempt(decide, attempts + 1))
                                    : CompletableFuture.failedFuture(refused(failure)));
        });
    }

    private static RuntimeException refused(Throwable failure) {
        Throwable cause = Faults.cause(failure);
        return cause instanceof TransactionCanceledException
                ? new ChatException(ErrorCode.UNAVAILABLE, "too many change this room at once", cause)
                : Faults.toCaller(failure);
    }
}
