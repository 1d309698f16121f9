package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The open files of a user and of a node are counted, and each is released exactly once. */
class AttachmentDownloadsTest {
    private static final UserId ANN = UserId.of("ann");

    private final AttachmentDownloads downloads = new AttachmentDownloads();
    private int closed;

    private final class Reader implements AttachmentReader {
        @Override
        public StoredAttachment file() {
            return new StoredAttachment(AttachmentId.of("file"), ANN, "", "text/plain", 0, 0);
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            return CompletableFuture.completedStage(ByteBuffer.allocate(0));
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private AttachmentReader open(UserId user) {
        return downloads
                .open(user, () -> CompletableFuture.completedStage(new Reader()))
                .toCompletableFuture()
                .join();
    }

    private void assertRefused(UserId user, ErrorCode code) {
        assertThatThrownBy(() -> open(user))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private List<AttachmentReader> openAll(UserId user) {
        List<AttachmentReader> readers = new ArrayList<>();
        for (int i = 0; i < AttachmentDownloads.MAX_OF_USER; i++) {
            readers.add(open(user));
        }
        assertRefused(user, ErrorCode.RATE_LIMITED);
        return readers;
    }

    @Test
    void G13_aReaderThatIsClosedTwiceIsReleasedOnce() {
        List<AttachmentReader> readers = openAll(ANN);
        readers.get(0).close();
        readers.get(0).close();

        assertThat(closed).isEqualTo(1);
        open(ANN);
        assertRefused(ANN, ErrorCode.RATE_LIMITED);
    }

    @Test
    void G13_aNodeHasABoundForAllUsers() {
        List<AttachmentReader> readers = new ArrayList<>();
        int users = AttachmentDownloads.MAX_DOWNLOADS / AttachmentDownloads.MAX_OF_USER;
        for (int i = 0; i < users; i++) {
            readers.addAll(openAll(UserId.of("u" + i)));
        }

        assertRefused(ANN, ErrorCode.UNAVAILABLE);
        readers.get(0).close();
        open(ANN).close();
        open(ANN);
        assertRefused(ANN, ErrorCode.UNAVAILABLE);
    }

    @Test
    void aFileThatIsNotOpenedCountsNoLonger() {
        ChatException gone = new ChatException(ErrorCode.NOT_FOUND, "gone");
        for (int i = 0; i < 2 * AttachmentDownloads.MAX_OF_USER; i++) {
            assertThat(downloads
                            .open(ANN, () -> CompletableFuture.failedStage(gone))
                            .toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(downloads
                            .open(ANN, () -> {
                                throw gone;
                            })
                            .toCompletableFuture())
                    .isCompletedExceptionally();
        }
        openAll(ANN);
    }
}
