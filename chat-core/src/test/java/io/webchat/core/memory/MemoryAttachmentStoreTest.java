package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The files in memory never take more bytes than they may, and every byte is given back. */
class MemoryAttachmentStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final AttachmentLimits LIMITS = new AttachmentLimits(1_000, 1 << 20, Duration.ofDays(1));

    private final MovableClock clock = MovableClock.running();

    /** A store for so many files of 1 000 bytes of content in sum. */
    private MemoryAttachmentStore storeFor(int files) {
        return MemoryAttachmentStore.create(LIMITS, clock, 1_000 + files * HeapSize.ofFile("x"));
    }

    private static AttachmentUpload begun(MemoryAttachmentStore store, int bytes) {
        AttachmentUpload upload = StageResults.await(store.begin(ALICE, "x"));
        StageResults.await(upload.write(ByteBuffer.allocate(bytes)));
        return upload;
    }

    private static void assertFull(MemoryAttachmentStore store) {
        AttachmentUpload upload = StageResults.await(store.begin(ALICE, "x"));
        StageResults.assertRefused(ErrorCode.QUEUE_FULL, upload.write(ByteBuffer.allocate(1)));
        StageResults.await(upload.abort());
    }

    @Test
    void G18_uploads_and_files_up_to_the_limit_are_taken_and_one_byte_more_is_refused() {
        MemoryAttachmentStore store = storeFor(3);
        StoredAttachment file = StageResults.await(begun(store, 600).finish());
        AttachmentUpload other = begun(store, 400);
        assertFull(store);

        StageResults.await(other.abort());
        StageResults.await(other.abort());
        assertThat(StageResults.await(begun(store, 400).finish()).bytes()).isEqualTo(400);
        assertFull(store);

        StageResults.await(store.delete(file.id()));
        StageResults.await(store.delete(file.id()));
        begun(store, 600);
        assertFull(store);
    }

    @Test
    void G18_files_that_are_deleted_or_grow_old_give_their_bytes_back() {
        MemoryAttachmentStore store = storeFor(2);
        StoredAttachment pending = StageResults.await(begun(store, 1_000).finish());
        assertThat(StageResults.await(store.deletePending(ALICE, pending.id()))).isTrue();
        StageResults.await(begun(store, 1_000).finish());
        clock.advance(Duration.ofDays(2));
        begun(store, 1_000);
        assertFull(store);
    }
}
