package io.webchat.core.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one user's files. Its name is the beginning of each of their ids, so an id leads to its file.
 *
 * <p>A file has its bytes in {@code <id>.data}, and a record in {@code <id>.pending} or {@code <id>.kept}. The record
 * comes last, and its name changes in one step. So a file is either kept or deleted, also if both are tried at once.
 *
 * @param root the folder of the store
 * @param key the name of this folder in it
 */
record OwnerFolder(Path root, String key) {
    private static final int KEY_BYTES = 16;
    /** The characters of the folder's name. */
    private static final int KEY = 22;

    private static final String DATA = ".data";
    private static final String PART = ".part";
    private static final String PENDING = ".pending";
    private static final String KEPT = ".kept";
    private static final String GONE = ".gone";

    static OwnerFolder of(Path root, UserId owner) {
        return new OwnerFolder(root, key(owner));
    }

    /** Returns the folder that a file with this id is in, if it is the id of a file. */
    static Optional<OwnerFolder> of(Path root, AttachmentId id) {
        String value = id.value();
        return value.length() > KEY ? Optional.of(new OwnerFolder(root, value.substring(0, KEY))) : Optional.empty();
    }

    /** Returns the folders of all users. */
    static List<OwnerFolder> all(Path root) throws IOException {
        List<OwnerFolder> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            folders.forEach(each -> all.add(new OwnerFolder(root, String.valueOf(each.getFileName()))));
        }
        return all;
    }

    private static String key(UserId owner) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(owner.value().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, KEY_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
        return path().resolve(id + PART);
    }

    Path data(AttachmentId id) {
        return path().resolve(id + DATA);
    }

    /** Adds the record of a file whose bytes are on the disk; it can be read now. */
    void add(StoredAttachment file) throws IOException {
        Path draft = path().resolve(file.id() + GONE);
        FileRecord.write(draft, file);
        Files.move(part(file.id()), data(file.id()), StandardCopyOption.ATOMIC_MOVE);
        Files.move(draft, path().resolve(file.id() + PENDING), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps a pending or kept file; returns it, if there is one. */
    Optional<StoredAttachment> keep(AttachmentId id) throws IOException {
        Path kept = path().resolve(id + KEPT);
        try {
            Files.move(path().resolve(id + PENDING), kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException keptOrGone) {
            return FileRecord.read(kept);
        }
        return FileRecord.read(kept);
    }

    /** Finds a pending or kept file. */
    Optional<StoredAttachment> find(AttachmentId id) throws IOException {
        Optional<StoredAttachment> pending = FileRecord.read(path().resolve(id + PENDING));
        return pending.isPresent() ? pending : FileRecord.read(path().resolve(id + KEPT));
    }

    List<StoredAttachment> list() throws IOException {
        List<StoredAttachment> files = new ArrayList<>();
        for (Path each : matching("*{" + PENDING + "," + KEPT + "}")) {
            FileRecord.read(each).ifPresent(files::add);
        }
        return files;
    }

    /** The sum of all files, those included that are being written. */
    long bytes() throws IOException {
        long sum = 0;
        for (Path each : matching("*{" + DATA + "," + PART + "}")) {
            sum += sizeOf(each);
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

    void delete(AttachmentId id) throws IOException {
        for (String each : List.of(PENDING, KEPT, GONE, DATA, PART)) {
            Files.deleteIfExists(path().resolve(id + each));
        }
    }

    /** Deletes the files that were begun before this time and that nobody has kept. */
    void deleteOld(long oldestMillis) throws IOException {
        for (Path each : matching("*" + PENDING)) {
            Optional<StoredAttachment> file = FileRecord.read(each);
            if (file.isPresent() && file.get().createdAt() < oldestMillis) {
                deletePending(each, file.get().id());
            }
        }
        for (Path each : matching("*{" + PART + "," + GONE + "," + DATA + "}")) {
            if (lastChange(each) < oldestMillis && !hasRecord(each)) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Whether the file is finished; a node that died may have left one that is not. */
    private boolean hasRecord(Path data) {
        String name = String.valueOf(data.getFileName());
        String id = name.substring(0, name.indexOf('.'));
        // In this order, because a pending record may become a kept one meanwhile.
        return name.endsWith(DATA)
                && (Files.exists(path().resolve(id + PENDING)) || Files.exists(path().resolve(id + KEPT)));
    }

    private void deletePending(Path pending, AttachmentId id) throws IOException {
        try {
            Files.move(pending, path().resolve(id + GONE), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException keptMeanwhile) {
            return;
        }
        delete(id);
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
            all.forEach(found::add);
        } catch (NoSuchFileException noFolder) {
            return List.of();
        }
        return found;
    }
}
