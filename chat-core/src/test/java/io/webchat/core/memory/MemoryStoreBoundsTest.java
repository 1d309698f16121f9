package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.support.HeapShare;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
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
        MemoryProfileStore profiles = MemoryProfileStore.create(1_000, 3_500);
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
    void rooms_are_bounded_in_bytes_and_nobody_is_kept_from_leaving() {
        Room first = room("one");
        long bytes = StoredRoom.heap(first, null);
        RoomMember bob = new RoomMember(BOB, RoomRole.MEMBER, 1);
        MemoryRoomStore rooms = MemoryRoomStore.create(1_000, bytes + HeapSize.of(bob));
        assertThat(rooms.create(first)).isCompletedWithValue(true);
        assertThat(rooms.put(first.id(), bob, 9)).as("at the bound").isCompletedWithValue(true);

        assertFull(rooms.update(first.id(), RoomUpdate.NONE.withName("two!"), null));
        assertFull(rooms.put(first.id(), new RoomMember(UserId.of("carol"), RoomRole.MEMBER, 1), 9));
        assertFull(rooms.create(room("two")));
        assertFull(rooms.setPolicy(BOB, AdditionPolicy.ASK));
        assertThat(rooms.find(first.id()))
                .isCompletedWithValueMatching(
                        found -> found.orElseThrow().members().size() == 2, "is as it was");
        RoomNote note = new RoomNote("n", "bob has left");
        RoomConsent left = new RoomConsent(first.id(), RoomConsent.State.LEFT, "one", BOB, 1);
        assertThat(rooms.save(BOB, left)).isCompleted();
        assertThat(rooms.remove(first.id(), BOB, note)).isCompletedWithValue(true);
        assertThat(rooms.removeNote(first.id(), "n")).isCompleted();
        assertThat(rooms.forget(BOB, first.id())).isCompleted();
        assertThat(rooms.put(first.id(), bob, 9)).as("again at the bound").isCompletedWithValue(true);
    }

    @Test
    void a_new_room_takes_the_memory_of_removed_ones() {
        long bytes = StoredRoom.heap(room("r00"), null);
        MemoryRoomStore rooms = MemoryRoomStore.create(1_000, bytes + HeapSize.ofGone(RoomId.of("r00")) - 1);
        for (int i = 10; i < 40; i++) {
            assertThat(rooms.create(room("r" + i))).as("room %s", i).isCompletedWithValue(true);
            assertThat(rooms.remove(RoomId.of("r" + i), ALICE)).isCompletedWithValue(true);
            assertThat(rooms.create(room("r" + i))).as("the same id").isCompletedWithValue(false);
        }
    }

    @Test
    void files_are_bounded_in_bytes_until_others_are_deleted() {
        long bytes = HeapSize.ofFile("f") + 1_000;
        MemoryAttachmentStore files =
                MemoryAttachmentStore.create(AttachmentLimits.DEFAULT, Clock.systemUTC(), 2 * bytes);
        StoredAttachment first =
                upload(files, 1_000).finish().toCompletableFuture().join();
        AttachmentUpload second = upload(files, 1_000);

        assertFull(files.begin(BOB, "third"));
        assertFull(second.write(ByteBuffer.allocate(1)));
        assertThat(files.begin(BOB, "f")).as("the second upload was aborted").isCompleted();
        assertThat(files.delete(first.id())).isCompleted();
        assertThat(upload(files, 1_000).finish()).isCompleted();
    }

    private static AttachmentUpload upload(MemoryAttachmentStore files, int bytes) {
        AttachmentUpload upload = files.begin(ALICE, "f").toCompletableFuture().join();
        assertThat(upload.write(ByteBuffer.allocate(bytes))).isCompleted();
        return upload;
    }

    @Test
    void all_shares_of_the_heap_together_are_less_than_half_of_it() {
        long sum = Stream.of(HeapShare.values()).mapToLong(HeapShare::bytes).sum();

        assertThat(sum).isLessThan(Runtime.getRuntime().maxMemory() / 2).isPositive();
    }

    @Test
    void bounds_below_one_are_refused() {
        assertThatThrownBy(() -> MemoryRoomStore.create(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MemoryProfileStore.create(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MemoryRoomStore.create(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
