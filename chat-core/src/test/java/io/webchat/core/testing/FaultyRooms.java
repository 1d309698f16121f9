package io.webchat.core.testing;

import io.webchat.core.AdditionPolicy;
import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.UserId;
import io.webchat.core.spi.RoomConsent;
import io.webchat.core.spi.RoomConsentStore;
import io.webchat.core.spi.RoomRenaming;
import io.webchat.core.spi.RoomStore;
import io.webchat.core.spi.UserConsents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Rooms whose steps can fail. */
public final class FaultyRooms implements RoomStore, RoomConsentStore, RoomRenaming {
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
    public CompletionStage<Boolean> create(Room room) {
        return changing.apply(() -> store.create(room));
    }

    @Override
    public CompletionStage<Optional<Room>> find(RoomId room) {
        return finding.apply(() -> store.find(room));
    }

    @Override
    public CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers) {
        return changing.apply(() -> store.put(room, member, maxMembers));
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId room, UserId member) {
        return changing.apply(() -> store.remove(room, member));
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return store.roomsOf(user);
    }

    @Override
    public CompletionStage<Boolean> rename(RoomId room, String name) {
        return changing.apply(() -> ((RoomRenaming) store).rename(room, name));
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
