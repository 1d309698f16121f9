package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.core.spi.support.Failures;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After any steps, the bytes that a store in memory counts are the sum of the objects that it holds. */
@Tag("model")
final class HeldBytesTest {
    private static final int STEPS = 600;
    private static final List<UserId> USERS =
            IntStream.range(0, 8).mapToObj(i -> UserId.of("user" + i)).toList();
    private static final UserId OBSERVER = UserId.of("observer");

    private final Random random = new Random(20_261_130);
    private int full;
    /** The ids of all rooms that a step was about; steps are about the last ones. */
    private final List<RoomId> ids = new ArrayList<>();

    /** Returns the result; empty for a refusal. */
    private <T> Optional<T> done(CompletionStage<T> stage) {
        try {
            return Optional.ofNullable(stage.toCompletableFuture().join());
        } catch (CompletionException e) {
            ErrorCode code = ((ChatException) Failures.unwrap(e)).code();
            full += code == ErrorCode.QUEUE_FULL ? 1 : 0;
            return Optional.empty();
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String text(int most) {
        return "x".repeat(1 + random.nextInt(most));
    }

    @Test
    void rooms_and_consents_count_as_they_come_and_go() {
        MemoryRoomStore rooms = MemoryRoomStore.create(8, 30_000);
        for (int i = 0; i < STEPS; i++) {
            changeRoom(rooms, someRoom(), i);
            long rest = rooms.heldBytes() - sum(rooms);

            // The ids of removed rooms are all that is left; each takes as much.
            long gone = HeapSize.ofGone(ids.get(0));
            assertThat(rest % gone).as("after step %s", i).isZero();
            assertThat(rest / gone).as("after step %s", i).isBetween(0L, 8L);
        }
        assertThat(full).as("refusals").isGreaterThan(10);
    }

    private void changeRoom(MemoryRoomStore rooms, RoomId id, int i) {
        UserId user = any(USERS);
        RoomNote note = random.nextBoolean() ? null : new RoomNote("n" + random.nextInt(3), text(300));
        RoomMember member = new RoomMember(user, any(List.of(RoomRole.values())), i, any(USERS));
        RoomConsent.State state = any(List.of(RoomConsent.State.values()));
        switch (random.nextInt(9)) {
            case 0, 1 ->
                done(rooms.create(
                        new Room(id, text(50), true, i, List.of(new RoomMember(user, RoomRole.OWNER, 1))), note));
            case 2 -> done(rooms.put(id, member, 5, note));
            case 3 -> done(rooms.remove(id, user, note));
            case 4 -> empty(rooms, id, note);
            case 5 -> done(rooms.update(id, RoomUpdate.NONE.withName(text(90)), note));
            case 6 -> done(rooms.removeNote(id, "n" + random.nextInt(3)));
            case 7 -> done(rooms.save(user, new RoomConsent(id, state, text(50), user, i)));
            default -> {
                done(rooms.setPolicy(user, any(List.of(AdditionPolicy.values()))));
                done(rooms.forget(user, id));
            }
        }
    }

    private RoomId someRoom() {
        if (ids.size() < 12 || random.nextInt(20) == 0) {
            ids.add(RoomId.of("room" + (1_000 + ids.size())));
        }
        return ids.get(ids.size() - 1 - random.nextInt(Math.min(12, ids.size())));
    }

    /** Removes the members, the last owner at last. */
    private void empty(MemoryRoomStore rooms, RoomId id, @Nullable RoomNote note) {
        done(rooms.find(id)).orElseThrow().ifPresent(room -> {
            room.members().forEach(each -> done(rooms.remove(id, each.user(), note)));
            room.members().forEach(each -> done(rooms.remove(id, each.user(), note)));
        });
    }

    private long sum(MemoryRoomStore rooms) {
        long sum = 0;
        for (RoomId each : ids) {
            Optional<RoomSnapshot> found = done(rooms.load(each)).orElseThrow();
            sum += found.map(snapshot -> StoredRoom.heap(snapshot.room(), null)
                            + snapshot.notes().stream().mapToLong(HeapSize::of).sum())
                    .orElse(0L);
        }
        for (UserId each : USERS) {
            UserConsents consents = done(rooms.consents(each)).orElseThrow();
            boolean none = consents.rooms().isEmpty() && consents.policy() == AdditionPolicy.ALLOW;
            sum += none ? 0 : HeapSize.of(consents);
        }
        return sum;
    }

    @Test
    void profiles_and_blocks_count_as_they_come_and_go() {
        MemoryProfileStore profiles = MemoryProfileStore.create(6, 4_000);
        for (int i = 0; i < STEPS; i++) {
            UserId user = any(USERS);
            switch (random.nextInt(4)) {
                case 0 -> done(profiles.save(user, new Profile("n", Map.of("a", text(200)))));
                case 1 -> done(profiles.block(user, any(USERS), 4));
                case 2 -> done(profiles.unblock(user, any(USERS)));
                default -> done(random.nextInt(3) > 0 ? profiles.unblock(user, user) : profiles.remove(user));
            }
            long sum = USERS.stream()
                    .mapToLong(each -> done(profiles.find(each))
                                    .orElseThrow()
                                    .map(HeapSize::of)
                                    .orElse(0L)
                            + (long) HeapSize.BLOCK
                                    * done(profiles.blocks(each)).orElseThrow().size())
                    .sum();
            assertThat(profiles.heldBytes()).as("after step %s", i).isEqualTo(sum);
        }
        assertThat(full).as("refusals").isGreaterThan(10);
    }

    @Test
    void files_and_uploads_count_until_they_are_given_up_deleted_or_old() {
        MovableClock clock = MovableClock.stoppedAt(Instant.ofEpochSecond(1_800_000_000));
        AttachmentLimits limits = new AttachmentLimits(1_500, 6 * AttachmentLimits.FILE_COST, Duration.ofMinutes(1));
        MemoryAttachmentStore files = MemoryAttachmentStore.create(limits, clock, 20_000);
        List<StoredAttachment> made = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            clock.advance(Duration.ofSeconds(random.nextInt(5)));
            switch (random.nextInt(4)) {
                case 0, 1 ->
                    done(files.begin(any(USERS), "f")).flatMap(this::write).ifPresent(made::add);
                case 2 ->
                    made.stream().skip(made.size() / 2).findFirst().ifPresent(each -> done(files.delete(each.id())));
                default -> made.stream().skip(made.size() / 3).findFirst().ifPresent(each -> keepOrDelete(files, each));
            }
            assertSums(files, made, "after step " + i);
        }
        assertThat(full).as("refusals").isGreaterThan(10);
    }

    /** Compares the sums, and what is listed, with the files that can be opened. */
    private void assertSums(MemoryAttachmentStore files, List<StoredAttachment> made, String when) {
        List<HeldFiles.Held> held = made.stream()
                .flatMap(each -> files.files().find(each.id()).stream())
                .toList();
        assertThat(files.heldBytes())
                .as(when)
                .isEqualTo(held.stream()
                        .mapToLong(each -> HeapSize.of(each.file()))
                        .sum());
        assertThat(files.files().pending()).as(when).isEqualTo((int)
                held.stream().filter(HeldFiles.Held::isPending).count());
        for (UserId user : USERS) {
            List<StoredAttachment> owned = held.stream()
                    .filter(each -> each.isOf(user))
                    .map(HeldFiles.Held::file)
                    .toList();
            assertThat(done(files.list(user)).orElseThrow())
                    .as(when)
                    .containsExactlyInAnyOrderElementsOf(
                            owned.stream().map(StoredAttachment::id).toList());
            assertThat(files.files().charge(user))
                    .as(when)
                    .isEqualTo(owned.stream()
                            .mapToLong(each -> AttachmentLimits.charge(each.bytes()))
                            .sum());
        }
    }

    private void keepOrDelete(MemoryAttachmentStore files, StoredAttachment file) {
        if (random.nextBoolean()) {
            done(files.keep(AttachmentUse.by(ChatEvent.message(file.owner(), OBSERVER, "x")), file.id()));
        } else {
            done(files.deletePending(file.owner(), file.id()));
        }
    }

    /** Writes a file, or gives it up in the middle. */
    private Optional<StoredAttachment> write(AttachmentUpload upload) {
        for (int part = 0; part < 3; part++) {
            if (done(upload.write(ByteBuffer.allocate(random.nextInt(700))).thenApply(any -> true))
                    .isEmpty()) {
                assertThat(done(upload.finish())).as("after a refused part").isEmpty();
                return Optional.empty();
            }
        }
        Optional<StoredAttachment> file = random.nextInt(4) == 0 ? Optional.empty() : done(upload.finish());
        done(upload.abort());
        return file;
    }

    @Test
    void conversations_count_their_messages_marks_and_amendments() {
        MemoryCallLogStore log = MemoryCallLogStore.create(20, 6, 60_000);
        for (int i = 0; i < STEPS; i++) {
            changeLog(log, i + 1);
            assertThat(log.heldBytes()).as("after step %s", i).isBetween(0L, 60_000L);
        }
        for (UserId one : USERS) {
            done(log.erase(one));
        }
        assertThat(log.heldBytes()).as("all are erased").isZero();
    }

    private void changeLog(MemoryCallLogStore log, int time) {
        UserId from = any(USERS);
        UserId to = any(USERS.stream().filter(each -> !each.equals(from)).toList());
        ConversationId id = ConversationId.direct(from, to);
        Optional<LoggedMessage> last = done(log.messages(id, OBSERVER, HistoryRange.newest(1)))
                .flatMap(page -> page.stream().findFirst());
        switch (random.nextInt(10)) {
            case 0 -> last.ifPresent(each -> done(log.amend(each, amendmentOf(each.message()), time)));
            case 1, 2 -> done(log.mark(new Mark(id, from, to, MessageStatus.DELIVERED, MessagePosition.endOf(time))));
            case 3 -> done(log.hide(from, id, MessagePosition.endOf(time - 3)));
            case 4 -> done(random.nextInt(5) > 0 ? log.erase(id) : log.erase(from));
            default -> done(log.append(id, ChatEvent.message(from, to, text(1_500)), time));
        }
    }

    private Amendment amendmentOf(ChatEvent.Message message) {
        AmendmentBuilder builder = Amendment.by(message.from()).of(message);
        return switch (random.nextInt(4)) {
            case 0 -> builder.delete();
            case 1 -> builder.react("x");
            case 2 -> builder.unreact("x");
            default -> builder.edit(MessageContent.text(text(900)));
        };
    }

    @Test
    void a_conversation_without_its_messages_takes_its_amendments_only() {
        LoggedConversation conversation = new LoggedConversation(20);
        List<ChatEvent.Message> sent = new ArrayList<>();
        ConversationId id = ConversationId.direct(USERS.get(0), USERS.get(1));
        for (int time = 1; time < STEPS; time++) {
            ChatEvent.Message message = ChatEvent.message(USERS.get(0), USERS.get(1), text(900));
            conversation.append(message, time);
            sent.add(message);
            int now = time;
            ChatEvent.Message some = sent.get(sent.size() - 1 - random.nextInt(Math.min(25, sent.size())));
            conversation
                    .find(some.from(), some.id())
                    .ifPresent(each -> conversation.amend(each, amendmentOf(some), now));
            MessagePosition position = MessagePosition.endOf(time);
            conversation.mark(new Mark(id, USERS.get(0), USERS.get(1), MessageStatus.DISPLAYED, position));
            conversation.hide(any(USERS), MessagePosition.endOf(time - 5));
        }
        long before = conversation.heap();
        USERS.forEach(conversation::forget);
        int removed = 0;
        while (conversation.removeOldest()) {
            removed++;
        }

        assertThat(removed).isEqualTo(20);
        assertThat(conversation.heap()).isEqualTo(HeapSize.CONVERSATION + 20L * HeapSize.AMENDMENT);
        assertThat(before).isGreaterThan(conversation.heap() + 20 * 600 + 2 * HeapSize.MARKS);
    }

    @Test
    void queues_count_their_users_devices_events_and_resends() {
        MovableClock clock = MovableClock.stoppedAt(Instant.ofEpochSecond(1_800_000_000));
        QueueLimits limits = QueueLimits.DEFAULT.withMaxEvents(5).withMaxDevices(3);
        MemoryOfflineQueue queues = MemoryOfflineQueue.create(limits, 1_000, clock, 1 << 20);
        Map<UserId, Set<ChatEvent>> appended = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            UserId user = any(USERS);
            changeQueue(queues, user, appended.computeIfAbsent(user, any -> new HashSet<>()));
            long sum = 0;
            for (UserId each : appended.keySet()) {
                sum += sum(
                        done(queues.read(each, 0, 10)).orElseThrow(),
                        appended.get(each).size());
            }
            assertThat(queues.heldBytes()).as("after step %s", i).isEqualTo(sum);
        }
        clock.advance(Duration.ofDays(90));
        for (int i = 0; i < 2 * USERS.size() + 2; i++) {
            done(queues.append(OBSERVER, ChatEvent.message(OBSERVER, OBSERVER, MessageId.of("m"), "x")));
        }
        long left = queues.heldBytes();
        assertThat(left).isEqualTo(sum(done(queues.read(OBSERVER, 0, 10)).orElseThrow(), 1));
    }

    private void changeQueue(MemoryOfflineQueue queues, UserId user, Set<ChatEvent> appended) {
        DeviceId device = DeviceId.of("d" + random.nextInt(5));
        long epoch = done(queues.attach(user, device, 0)).orElseThrow().epoch().number();
        switch (random.nextInt(5)) {
            case 0 -> {
                done(queues.restore(user, epoch, UndeliveredMessages.NONE));
                done(queues.confirm(
                        user,
                        device,
                        epoch,
                        done(queues.read(user, 0, 1)).orElseThrow().first()));
            }
            case 1 -> done(queues.erase(user, any(USERS)));
            case 2 -> done(random.nextInt(5) > 0 ? queues.erase(user, user) : queues.clear(user));
            default -> {
                ChatEvent.Message message = ChatEvent.message(any(USERS), user, text(900));
                done(queues.append(user, message));
                appended.add(message);
            }
        }
    }

    /** A queue that is removed, because nothing is in it, has no epoch. */
    private static long sum(QueueSlice slice, int resends) {
        if (slice.epoch().equals(QueueEpoch.NONE)) {
            return 0;
        }
        return HeapSize.QUEUE
                + (long) HeapSize.DEVICE * slice.devices()
                + slice.events().stream()
                        .mapToLong(each -> HeapSize.QUEUED + EventSize.of(each.event()))
                        .sum()
                + (long) HeapSize.RESEND * resends;
    }
}
