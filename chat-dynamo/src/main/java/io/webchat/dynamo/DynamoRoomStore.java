package io.webchat.dynamo;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.RoomDetailsStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.dynamo.internal.rooms.TableConsents;
import io.webchat.dynamo.internal.rooms.TableRooms;
import io.webchat.dynamo.internal.table.TableClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Rooms in DynamoDB. Each change is a transaction that holds only while the state it was decided on is current. If
 * another node changed this state meanwhile, the change is decided again. Safe for use by any number of threads; stages
 * complete on threads of the client.
 */
public final class DynamoRoomStore implements RoomStore, RoomConsentStore, RoomDetailsStore {
    private final TableRooms rooms;
    private final TableConsents consents;

    private DynamoRoomStore(TableClient table) {
        this.rooms = new TableRooms(table);
        this.consents = new TableConsents(table);
    }

    /** Rooms in a table that {@link DynamoTable} created. The caller closes the client. */
    public static DynamoRoomStore create(DynamoDbAsyncClient client, DynamoConfig config) {
        return new DynamoRoomStore(new TableClient(client, config.settings()));
    }

    @Override
    public CompletionStage<Boolean> create(Room room, @Nullable RoomNote note) {
        return rooms.create(room, note);
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> load(RoomId room) {
        return rooms.load(room);
    }

    @Override
    public CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers, @Nullable RoomNote note) {
        return rooms.put(room, member, maxMembers, note);
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId room, UserId member, @Nullable RoomNote note) {
        return rooms.remove(room, member, note);
    }

    @Override
    public CompletionStage<Void> removeNote(RoomId room, String note) {
        return rooms.removeNote(room, note);
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return rooms.roomsOf(user);
    }

    @Override
    public CompletionStage<Boolean> update(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        return rooms.update(room, update, note);
    }

    @Override
    public CompletionStage<UserConsents> consents(UserId user) {
        return consents.consents(user);
    }

    @Override
    public CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return consents.setPolicy(user, policy);
    }

    @Override
    public CompletionStage<Void> save(UserId user, RoomConsent consent) {
        return consents.save(user, consent);
    }

    @Override
    public CompletionStage<Void> forget(UserId user, RoomId room) {
        return consents.forget(user, room);
    }
}
