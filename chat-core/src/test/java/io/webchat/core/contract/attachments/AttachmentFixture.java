package io.webchat.core.contract.attachments;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Files of up to 20 000 bytes, and {@link #QUOTA} per user, on two nodes: written on the one, read on the other. */
final class AttachmentFixture extends ContractFixture {
    /** Makes the fixtures of this suite. */
    static final class Extension extends FixtureExtension<AttachmentStoreContract> {
        Extension() {
            super(AttachmentStoreContract.class, AttachmentFixture.class, AttachmentFixture::new);
        }
    }

    /** The bytes of one write; files are longer. */
    private static final int PIECE = 3_000;

    /** Two of the largest files, and a small one. */
    static final long QUOTA = 40_000 + AttachmentLimits.FILE_COST;

    private final ContractBackend<AttachmentStore> backend;

    final AttachmentStore node;
    final AttachmentStore other;

    AttachmentFixture(AttachmentStoreContract suite) {
        backend = suite.attachmentStores(new AttachmentLimits(20_000, QUOTA, Duration.ofDays(1)));
        node = backend.node();
        other = backend.node();
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 7);
        }
        return bytes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    AttachmentUpload begin(UserId owner, String name) {
        return StageResults.await(node.begin(owner, name));
    }

    StoredAttachment upload(UserId owner, String name, byte[] content) {
        AttachmentUpload upload = begin(owner, name);
        for (int from = 0; from < content.length; from += PIECE) {
            StageResults.await(upload.write(ByteBuffer.wrap(content, from, Math.min(PIECE, content.length - from))));
        }
        StoredAttachment file = StageResults.await(upload.finish());
        StageResults.await(upload.abort());
        return file;
    }

    AttachmentReader open(AttachmentId id) {
        return StageResults.await(other.open(id)).orElseThrow();
    }

    Optional<byte[]> read(AttachmentId id) {
        return StageResults.await(other.open(id)).map(reader -> {
            try (reader) {
                return content(reader, 0, 30_000);
            }
        });
    }

    static String text(AttachmentReader reader, long position, int length) {
        return new String(content(reader, position, length), StandardCharsets.UTF_8);
    }

    private static byte[] content(AttachmentReader reader, long position, int length) {
        ByteBuffer bytes = StageResults.await(reader.read(position, length));
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }

    /** The use of a file by this message to carol. */
    AttachmentUse use(UserId owner, String message) {
        return new AttachmentUse(ConversationId.direct(owner, carol), new MessageRef(owner, MessageId.of(message)));
    }

    /** Keeps a file for the first message of this user to carol. */
    Optional<StoredAttachment> keep(UserId owner, AttachmentId id) {
        return keep(use(owner, "m1"), id);
    }

    Optional<StoredAttachment> keep(AttachmentUse use, AttachmentId id) {
        return StageResults.await(other.keep(use, id));
    }

    boolean deletePending(UserId owner, AttachmentId id) {
        return StageResults.await(other.deletePending(owner, id));
    }

    void delete(AttachmentId id) {
        StageResults.await(other.delete(id));
    }

    List<AttachmentId> list(UserId owner) {
        return StageResults.await(other.list(owner));
    }

    void advance(Duration time) {
        backend.advance(time);
    }

    @Override
    public void close() {
        backend.close();
    }
}
