package io.webchat.core.contract.rooms;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Rooms on two nodes: changed on the one, read on the other. */
public final class RoomFixture extends ContractFixture {
    /** Makes the fixtures of this suite. */
    static final class Extension extends FixtureExtension<RoomStoreContract> {
        Extension() {
            super(RoomStoreContract.class, RoomFixture.class, RoomFixture::new);
        }
    }

    static final int MANY = 1_000;
    static final long CREATED = 1_700_000_000_123L;

    private final ContractBackend<RoomStore> backend;

    final RoomStore node;
    final RoomStore other;
    final RoomId den = room("den");

    RoomFixture(RoomStoreContract suite) {
        backend = suite.roomStores();
        node = backend.node();
        other = backend.node();
    }

    RoomStore node(int i) {
        return i % 2 == 0 ? node : other;
    }

    static RoomMember owner(UserId user) {
        return new RoomMember(user, RoomRole.OWNER, CREATED);
    }

    static RoomMember member(UserId user) {
        return new RoomMember(user, RoomRole.MEMBER, CREATED + 1);
    }

    /** Creates a closed room of this owner and these mere members. */
    Room create(RoomId id, UserId owner, UserId... members) {
        List<RoomMember> all = Stream.concat(
                        Stream.of(owner(owner)), Arrays.stream(members).map(RoomFixture::member))
                .toList();
        Room room = new Room(id, "the " + id, false, CREATED, all);
        StageResults.await(node.create(room));
        return room;
    }

    Optional<Room> find() {
        return StageResults.await(other.find(den));
    }

    /** The den's members. */
    List<RoomMember> members() {
        return find().map(Room::members).orElse(List.of());
    }

    List<UserId> users() {
        return members().stream().map(RoomMember::user).toList();
    }

    /** Puts a member into the den, which takes many members. */
    boolean put(RoomMember member) {
        return StageResults.await(node.put(den, member, MANY));
    }

    boolean remove(UserId user) {
        return StageResults.await(node.remove(den, user));
    }

    List<RoomId> roomsOf(UserId user) {
        return StageResults.await(other.roomsOf(user)).stream()
                .map(Membership::room)
                .toList();
    }

    /** Returns the outcome of the stage: 1 for true, 0 for false, -1 for a failure. */
    static int outcome(CompletionStage<Boolean> stage) {
        return StageResults.await(stage.handle((done, failure) -> failure == null ? (done ? 1 : 0) : -1));
    }

    @Override
    public void close() {
        backend.close();
    }
}
