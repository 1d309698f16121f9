package io.webchat.core.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.ShortDigest;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder of one user's files. Its name is the beginning of each of their ids, so an id leads to its file.
 *
 * <p>A file has its bytes in {@code <id>.data}, a record in {@code <id>.record}, which comes last, and an empty mark.
 * The mark is {@code <id>.pending}, and its name changes in one step to {@code <id>.kept-<key of the message>} or
 * {@code <id>.gone}. So a file is either kept for one message or deleted, also if several nodes try that at once.
 *
 * @param root the folder of the store
 * @param key the name of this folder in it
 */
record OwnerFolder(Path root, String key) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{" + ShortDigest.LENGTH + "}");
    private static final String DATA = ".data";
    private static final String PART = ".part";
    private static final String RECORD = ".record";
    private static final String DRAFT = ".draft";
    private static final String PENDING = ".pending";
    private static final String KEPT = ".kept-";
    private static final String GONE = ".gone";
    /** The entries of a file besides its record. */
    private static final String BESIDE = "*{" + String.join(",", DATA, PART, DRAFT, PENDING, KEPT + "*", GONE) + "}";

    static OwnerFolder of(Path root, UserId owner) {
        return new OwnerFolder(root, ShortDigest.of(owner.value()));
    }

    /** Returns the folder that a file with this id is in, if it is the id of a file. */
    static Optional<OwnerFolder> of(Path root, AttachmentId id) {
        String value = id.value();
        return value.length() > ShortDigest.LENGTH
                ? Optional.of(new OwnerFolder(root, value.substring(0, ShortDigest.LENGTH)))
                : Optional.empty();
    }

    /** Returns the folders of all users. Others, such as {@code lost+found}, do not belong to the store. */
    static List<OwnerFolder> all(Path root) throws IOException {
        List<OwnerFolder> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path each : folders) {
                String name = String.valueOf(each.getFileName());
                if (NAME.matcher(name).matches()) {
                    all.add(new OwnerFolder(root, name));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    private Path path() {
        return root.resolve(key);
    }

    /** Whether the file with this id would be in this folder. */
    boolean has(AttachmentId id) {
        return id.value().startsWith(key);
    }

    AttachmentId newId() {
        return AttachmentId.of(key + AttachmentId.random());
    }

    void create() throws IOException {
        Files.createDirectories(path());
    }

    Path part(AttachmentId id) {
        return entry(id, PART);
    }

    Path data(AttachmentId id) {
        return entry(id, DATA);
    }

    private Path entry(AttachmentId id, String suffix) {
        return path().resolve(id + suffix);
    }

    /** Adds the record of a file whose bytes are on the disk; it can be read now. */
    void add(StoredAttachment file) throws IOException {
        AttachmentId id = file.id();
        FileRecord.write(entry(id, DRAFT), file);
        Files.move(part(id), data(id), StandardCopyOption.ATOMIC_MOVE);
        Files.createFile(entry(id, PENDING));
        Files.move(entry(id, DRAFT), entry(id, RECORD), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps a file for the message with this key; returns it if it is there and not kept for another message. */
    Optional<StoredAttachment> keep(AttachmentId id, String key) throws IOException {
        Path kept = entry(id, KEPT + key);
        if (find(id).isPresent() && (decide(id, kept) || Files.exists(kept))) {
            return find(id);
        }
        return Optional.empty();
    }

    /** Gives the mark of a pending file this name; returns false if the file is not pending. */
    private boolean decide(AttachmentId id, Path name) throws IOException {
        try {
            Files.move(entry(id, PENDING), name, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException keptOrGone) {
            return false;
        }
    }

    Optional<StoredAttachment> find(AttachmentId id) throws IOException {
        return FileRecord.read(entry(id, RECORD));
    }

    /** The ids of all finished files. The records are not read, so one that is damaged does not hide its file. */
    List<AttachmentId> list() throws IOException {
        return matching("*" + RECORD).stream().map(OwnerFolder::idOf).toList();
    }

    /** The sum that all files count for the quota, those included that are being written. */
    long charge() throws IOException {
        long sum = 0;
        for (Path each : matching("*{" + DATA + "," + PART + "}")) {
            sum += AttachmentLimits.charge(sizeOf(each));
        }
        return sum;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException deletedMeanwhile) {
            return 0;
        }
    }

    /** Deletes a file that is not kept; returns whether there was one. */
    boolean deletePending(AttachmentId id) throws IOException {
        boolean pending = find(id).isPresent() && decide(id, entry(id, GONE));
        if (pending) {
            delete(id);
        }
        return pending;
    }

    /** Deletes a file; the record first, so that nobody finds half of it. */
    void delete(AttachmentId id) throws IOException {
        Files.deleteIfExists(entry(id, RECORD));
        for (Path each : matching(id + ".*")) {
            Files.deleteIfExists(each);
        }
    }

    /** Deletes the files that were begun before this time and that nobody has kept. */
    void deleteOld(long oldestMillis) throws IOException {
        for (Path each : matching("*" + GONE)) {
            // A node that died did not finish its deletion.
            delete(idOf(each));
        }
        for (Path each : matching("*" + PENDING)) {
            AttachmentId id = idOf(each);
            if (find(id).filter(file -> file.createdAt() < oldestMillis).isPresent()) {
                deletePending(id);
            }
        }
        for (Path each : withoutRecord()) {
            if (lastChange(each) < oldestMillis) {
                // A node that died did not finish its upload.
                Files.deleteIfExists(each);
            }
        }
    }

    /** Returns the entries of files that have no record. The records are listed last, because they come last. */
    private List<Path> withoutRecord() throws IOException {
        List<Path> entries = matching(BESIDE);
        Set<AttachmentId> finished = Set.copyOf(list());
        return entries.stream().filter(each -> !finished.contains(idOf(each))).toList();
    }

    private static AttachmentId idOf(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return AttachmentId.of(name.substring(0, name.indexOf('.')));
    }

    private static long lastChange(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (NoSuchFileException deletedMeanwhile) {
            return Long.MAX_VALUE;
        }
    }

    private List<Path> matching(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path(), glob)) {
            for (Path each : all) {
                found.add(each);
            }
        } catch (NoSuchFileException noFolder) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
