package io.webchat.core.testing;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Rooms whose steps can fail. */
public final class FaultyRooms implements RoomStore, RoomConsentStore, RoomDetailsStore {
    /** Faults of {@code find}. */
    public final Faults finding;

    /** Faults of changes. */
    public final Faults changing;

    private final RoomStore store;

    /** Over this backend, without faults at first. */
    public FaultyRooms(RoomStore store) {
        this(store, new Faults(), new Faults());
    }

    private FaultyRooms(RoomStore store, Faults finding, Faults changing) {
        this.store = store;
        this.finding = finding;
        this.changing = changing;
    }

    /** Another node's rooms, with the same faults. */
    public FaultyRooms over(RoomStore another) {
        return new FaultyRooms(another, finding, changing);
    }

    @Override
    public CompletionStage<Boolean> create(Room room, @Nullable RoomNote note) {
        return changing.apply(() -> store.create(room, note));
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> load(RoomId room) {
        return finding.apply(() -> store.load(room));
    }

    @Override
    public CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers, @Nullable RoomNote note) {
        return changing.apply(() -> store.put(room, member, maxMembers, note));
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId room, UserId member, @Nullable RoomNote note) {
        return changing.apply(() -> store.remove(room, member, note));
    }

    @Override
    public CompletionStage<Void> removeNote(RoomId room, String note) {
        return changing.apply(() -> store.removeNote(room, note));
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return store.roomsOf(user);
    }

    @Override
    public CompletionStage<Boolean> update(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        return changing.apply(() -> ((RoomDetailsStore) store).update(room, update, note));
    }

    private RoomConsentStore consents() {
        return (RoomConsentStore) store;
    }

    @Override
    public CompletionStage<UserConsents> consents(UserId user) {
        return consents().consents(user);
    }

    @Override
    public CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return changing.apply(() -> consents().setPolicy(user, policy));
    }

    @Override
    public CompletionStage<Void> save(UserId user, RoomConsent consent) {
        return changing.apply(() -> consents().save(user, consent));
    }

    @Override
    public CompletionStage<Void> forget(UserId user, RoomId room) {
        return changing.apply(() -> consents().forget(user, room));
    }
}
