package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The bounds of the in-memory rooms and profiles. */
final class MemoryStoreBoundsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static Room room(String id) {
        return new Room(RoomId.of(id), id, false, 1, List.of(new RoomMember(ALICE, RoomRole.OWNER, 1)));
    }

    private static void assertFull(CompletionStage<?> stage) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL));
    }

    @Test
    void one_room_too_many_is_refused_until_another_is_gone() {
        MemoryRoomStore rooms = MemoryRoomStore.create(2);
        assertThat(rooms.create(room("one"))).isCompletedWithValue(true);
        assertThat(rooms.create(room("two"))).isCompletedWithValue(true);

        assertFull(rooms.create(room("three")));
        assertThat(rooms.create(room("two"))).isCompletedWithValue(false);
        assertThat(rooms.remove(RoomId.of("one"), ALICE)).isCompletedWithValue(true);
        assertThat(rooms.create(room("three"))).isCompletedWithValue(true);
    }

    @Test
    void data_of_one_user_too_many_is_refused() {
        MemoryProfileStore profiles = MemoryProfileStore.create(1);
        profiles.save(ALICE, Profile.named("Alice")).toCompletableFuture().join();
        profiles.block(ALICE, BOB, 9).toCompletableFuture().join();

        assertFull(profiles.save(BOB, Profile.named("Bob")));
        assertFull(profiles.block(BOB, ALICE, 9));
        assertThat(profiles.save(ALICE, Profile.named("A."))).isCompleted();
        profiles.unblock(ALICE, BOB).toCompletableFuture().join();
        assertThat(profiles.block(BOB, ALICE, 9)).isCompleted();
    }

    @Test
    void profiles_and_blocks_are_bounded_in_bytes() {
        // Room for two profiles with one attribute of 512 characters, about 1 560 bytes each, and no third.
        MemoryProfileStore profiles = MemoryProfileStore.create(1_000, new ByteBudget(3_500));
        Profile large = new Profile("A", Map.of("a", "x".repeat(512)));
        assertThat(profiles.save(ALICE, large)).isCompleted();
        assertThat(profiles.save(BOB, large)).isCompleted();
        assertThat(profiles.save(BOB, large)).as("again").isCompleted();

        assertFull(profiles.save(UserId.of("carol"), large));
        assertThat(profiles.block(ALICE, BOB, 9)).isCompleted();
        assertThat(profiles.block(ALICE, UserId.of("carol"), 9)).isCompleted();
        assertFull(profiles.block(ALICE, UserId.of("dave"), 9));
        assertThat(profiles.unblock(ALICE, BOB)).isCompleted();
        assertThat(profiles.block(ALICE, UserId.of("dave"), 9)).isCompleted();
        assertThat(profiles.save(ALICE, Profile.named("A"))).isCompleted();
        assertThat(profiles.save(UserId.of("carol"), Profile.named("C"))).isCompleted();
    }

    @Test
    void bounds_below_one_are_refused() {
        assertThatThrownBy(() -> MemoryRoomStore.create(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MemoryProfileStore.create(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
