package io.webchat.core.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.LogThrottle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a folder of this machine, or of a file system that all nodes share. A finished file is on the disk before
 * its upload ends. Old files that nobody has kept are deleted when files are uploaded: those of the same owner, and
 * those of one other owner at a time.
 */
public final class FileAttachmentStore implements AttachmentStore, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileAttachmentStore.class);

    private final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));
    private final Path folder;
    private final AttachmentLimits limits;
    private final Clock clock;
    private final Disk disk = new Disk();
    /** The folders of owners that the present round has not looked at. */
    private Iterator<OwnerFolder> owners = List.<OwnerFolder>of().iterator();

    private FileAttachmentStore(Path folder, AttachmentLimits limits, Clock clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens the store in this folder, which it creates.
     *
     * @param clock the clock by which files age
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static FileAttachmentStore in(Path folder, AttachmentLimits limits, Clock clock) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "check", ".tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write files in " + folder, e);
        }
        return new FileAttachmentStore(folder, limits, clock);
    }

    @Override
    public AttachmentLimits limits() {
        return limits;
    }

    @Override
    public CompletionStage<AttachmentUpload> begin(UserId owner, String name) {
        return disk.call(() -> {
            OwnerFolder own = OwnerFolder.of(folder, owner);
            own.create();
            sweep(() -> own.deleteOld(oldest()));
            sweep(this::deleteOldOfAnother);
            limits.check(0, own.charge());
            return new FileUpload(own, owner, name, clock.millis(), limits, disk);
        });
    }

    private long oldest() {
        return clock.millis() - limits.pendingAge().toMillis();
    }

    /** Deletes old files; a failure is logged only, because the upload does not need it. */
    private void sweep(Disk.Action deletion) {
        try {
            deletion.run();
        } catch (IOException | RuntimeException e) {
            if (warnings.permits()) {
                log.warn("old files were not deleted: {}", e.toString());
            }
        }
    }

    /** Deletes the old files of one more owner. */
    private void deleteOldOfAnother() throws IOException {
        OwnerFolder next;
        synchronized (this) {
            if (!owners.hasNext()) {
                owners = OwnerFolder.all(folder).iterator();
            }
            if (!owners.hasNext()) {
                return;
            }
            next = owners.next();
        }
        next.deleteOld(oldest());
    }

    @Override
    public CompletionStage<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        OwnerFolder own = OwnerFolder.of(folder, use.owner());
        return disk.call(() -> own.has(id) ? own.keep(id, use.key()) : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<AttachmentReader>> open(AttachmentId id) {
        return disk.call(() -> {
            Optional<OwnerFolder> own = OwnerFolder.of(folder, id);
            return own.isPresent() ? reader(own.get(), id) : Optional.empty();
        });
    }

    private Optional<AttachmentReader> reader(OwnerFolder own, AttachmentId id) throws IOException {
        Optional<StoredAttachment> file = own.find(id);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileChannel data = FileChannel.open(own.data(id), StandardOpenOption.READ);
            return Optional.of(new OpenFile(file.get(), data, disk));
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        }
    }

    @Override
    public CompletionStage<Boolean> deletePending(UserId owner, AttachmentId id) {
        OwnerFolder own = OwnerFolder.of(folder, owner);
        return disk.call(() -> own.has(id) && own.deletePending(id));
    }

    @Override
    public CompletionStage<Void> delete(AttachmentId id) {
        return disk.free(() -> {
            Optional<OwnerFolder> own = OwnerFolder.of(folder, id);
            if (own.isPresent()) {
                own.get().delete(id);
            }
        });
    }

    @Override
    public CompletionStage<List<AttachmentId>> list(UserId owner) {
        return disk.call(() -> OwnerFolder.of(folder, owner).list());
    }

    /** Ends the threads; steps that have begun are finished. */
    @Override
    public void close() {
        disk.close();
    }
}
