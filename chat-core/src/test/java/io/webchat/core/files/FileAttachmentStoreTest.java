package io.webchat.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the files has nothing that nobody needs, whenever a node died. */
final class FileAttachmentStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final AttachmentUse USE = new AttachmentUse(
            ConversationId.direct(ALICE, UserId.of("bob")), new MessageRef(ALICE, MessageId.of("m1")));

    private final MovableClock clock = MovableClock.running();

    private final Path folder;
    private final FileAttachmentStore store;

    FileAttachmentStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = FileAttachmentStore.in(folder.resolve("files"), AttachmentLimits.DEFAULT, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredAttachment upload() {
        AttachmentUpload upload = StageResults.await(store.begin(ALICE, "x"));
        StageResults.await(upload.write(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        return StageResults.await(upload.finish());
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_file_that_a_node_did_not_finish_is_deleted_after_a_day() throws IOException {
        StageResults.await(store.begin(ALICE, "left by a node that died"));
        StoredAttachment finished = upload();
        for (Path each : stored()) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        // A node that died between the bytes and the record.
        Files.delete(stored().stream()
                .filter(each -> each.toString().endsWith(finished.id() + ".record"))
                .findFirst()
                .orElseThrow());
        assertThat(stored()).hasSize(3);

        StageResults.await(StageResults.await(store.begin(ALICE, "next")).abort());

        assertThat(stored()).isEmpty();
    }

    @Test
    void a_deletion_that_a_node_did_not_finish_is_finished() throws IOException {
        StoredAttachment file = upload();
        Path pending = stored().stream()
                .filter(each -> each.toString().endsWith(".pending"))
                .findFirst()
                .orElseThrow();
        Files.move(pending, pending.resolveSibling(file.id() + ".gone"));
        assertThat(StageResults.await(store.keep(USE, file.id()))).isEmpty();

        StageResults.await(StageResults.await(store.begin(ALICE, "next")).abort());

        assertThat(stored()).isEmpty();
    }

    @Test
    void a_file_that_was_given_up_or_deleted_leaves_nothing() throws IOException {
        StageResults.await(StageResults.await(store.begin(ALICE, "x")).abort());
        StoredAttachment file = upload();
        StageResults.await(store.keep(USE, file.id()));
        StageResults.await(store.delete(file.id()));

        assertThat(stored()).isEmpty();
    }

    @Test
    void a_file_that_is_kept_while_it_is_old_enough_to_be_deleted_is_either_whole_or_gone() {
        for (int round = 0; round < 50; round++) {
            StoredAttachment file = upload();
            clock.advance(Duration.ofDays(2));

            ConcurrentCalls.run(2, n -> {
                if (n == 0) {
                    StageResults.await(store.keep(USE, file.id()));
                } else {
                    StageResults.await(
                            StageResults.await(store.begin(ALICE, "sweeps")).abort());
                }
                return n;
            });

            boolean kept = StageResults.await(store.keep(USE, file.id())).isPresent();
            assertThat(StageResults.await(store.open(file.id())).map(reader -> {
                        try (reader) {
                            return StageResults.await(reader.read(0, 9)).remaining();
                        }
                    }))
                    .isEqualTo(kept ? Optional.of(3) : Optional.empty());
        }
    }

    @Test
    void G18_unfinished_files_count_for_the_quota() {
        AttachmentLimits two = new AttachmentLimits(1, 2 * AttachmentLimits.FILE_COST, Duration.ofDays(1));
        try (FileAttachmentStore small = FileAttachmentStore.in(folder.resolve("small"), two, clock)) {
            AttachmentUpload first = StageResults.await(small.begin(ALICE, "x"));
            StageResults.await(small.begin(ALICE, "x"));

            StageResults.assertRefused(ErrorCode.TOO_LARGE, small.begin(ALICE, "one more"));
            StageResults.await(first.abort());
            StageResults.await(small.begin(ALICE, "x"));
        }
    }

    @Test
    void a_strange_folder_and_a_broken_record_do_not_stand_in_the_way_of_uploads() throws IOException {
        StoredAttachment broken = upload();
        StoredAttachment old = upload();
        Path record = stored().stream()
                .filter(each -> each.toString().endsWith(broken.id() + ".record"))
                .findFirst()
                .orElseThrow();
        Files.writeString(record, "no record");
        Path foreign = Files.createDirectory(folder.resolve("files").resolve("lost+found"));
        Files.createFile(foreign.resolve("a b.pending"));
        clock.advance(Duration.ofDays(2));

        for (int round = 0; round < 3; round++) {
            for (UserId owner : List.of(ALICE, UserId.of("bob"))) {
                StageResults.await(StageResults.await(store.begin(owner, "x")).finish());
            }
        }

        assertThat(StageResults.await(store.open(old.id()))).isEmpty();
        assertThat(StageResults.await(store.list(ALICE))).hasSize(4).contains(broken.id());
        assertThat(foreign.resolve("a b.pending")).exists();
    }

    @Test
    void G16_a_file_with_a_broken_record_can_be_deleted_though_not_be_opened() throws IOException {
        StoredAttachment broken = upload();
        Path record = stored().stream()
                .filter(each -> each.toString().endsWith(".record"))
                .findFirst()
                .orElseThrow();
        Files.writeString(record, "no record");
        assertThat(StageResults.await(store.open(broken.id()))).isEmpty();

        StageResults.await(store.list(ALICE)).forEach(each -> StageResults.await(store.delete(each)));

        assertThat(stored()).isEmpty();
    }

    @Test
    void a_folder_of_an_owner_that_cannot_be_swept_does_not_stand_in_the_way_of_others() throws IOException {
        StoredAttachment file = upload();
        Path own = folder.resolve("files").resolve(file.id().value().substring(0, 22));
        Files.createFile(own.resolve("a b.gone"));
        // An entry that cannot be deleted.
        Files.createFile(Files.createDirectory(own.resolve("x.gone")).resolve("y"));

        for (int round = 0; round < 3; round++) {
            StageResults.await(
                    StageResults.await(store.begin(UserId.of("bob"), "x")).finish());
            StageResults.await(StageResults.await(store.begin(ALICE, "x")).finish());
        }

        assertThat(StageResults.await(store.list(ALICE))).hasSize(4);
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused_at_once() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> FileAttachmentStore.in(file, AttachmentLimits.DEFAULT, Clock.systemUTC()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write files in " + file);
    }
}
