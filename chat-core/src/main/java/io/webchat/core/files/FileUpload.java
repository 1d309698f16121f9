package io.webchat.core.files;

import io.webchat.core.ChatException;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.ContentTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionStage;

/** A file that is being written. Its steps follow one another, so they need no lock. */
final class FileUpload implements AttachmentUpload {
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(ContentTypes.HEAD_BYTES);
    private final OwnerFolder folder;
    private final UserId owner;
    private final String name;
    private final long createdAt;
    private final AttachmentLimits limits;
    private final Disk disk;
    private final AttachmentId id;
    private final FileChannel channel;
    /** The sum that the owner's other files count. */
    private final long owned;

    FileUpload(OwnerFolder folder, UserId owner, String name, long createdAt, AttachmentLimits limits, Disk disk)
            throws IOException {
        this.folder = folder;
        this.owner = owner;
        this.name = name;
        this.createdAt = createdAt;
        this.limits = limits;
        this.disk = disk;
        this.owned = folder.charge();
        this.id = folder.newId();
        this.channel = FileChannel.open(folder.part(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public AttachmentId id() {
        return id;
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
        return disk.run(() -> {
            try {
                limits.check(channel.size() + bytes.remaining(), owned);
            } catch (ChatException tooLarge) {
                discard();
                throw tooLarge;
            }
            ByteBuffer copy = bytes.duplicate();
            while (copy.hasRemaining() && head.size() < ContentTypes.HEAD_BYTES) {
                head.write(copy.get());
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    @Override
    public CompletionStage<StoredAttachment> finish() {
        return disk.call(() -> {
            channel.force(true);
            long size = channel.size();
            channel.close();
            StoredAttachment file =
                    new StoredAttachment(id, owner, name, ContentTypes.of(head.toByteArray()), size, createdAt);
            folder.add(file);
            return file;
        });
    }

    @Override
    public CompletionStage<Void> abort() {
        return disk.free(() -> {
            if (channel.isOpen()) {
                discard();
            }
        });
    }

    private void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(folder.part(id));
    }
}
