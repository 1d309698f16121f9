package io.webchat.examples.server.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder in which one server keeps everything; it belongs to one process at a time, and to its owner alone. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String TOKEN_KEY = "token.key";
    private static final String PUSH_KEY = "push.key";
    private static final String PROBE = "probe";
    private static final int PROBE_BYTES = 4_096;
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final String DATABASE = "dynamodb";
    private static final String ATTACHMENTS = "attachments";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made if it is missing.
     *
     * @throws UncheckedIOException when it cannot be used, or another server uses it, with one sentence that says so
     */
    public static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder.toAbsolutePath().resolve(DATABASE), owners("rwx------", folder));
            FileChannel lock =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(lock)) {
                lock.close();
                throw new FileSystemException("another server uses it");
            }
            return new DataFolder(folder, lock);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Checks that the folder exists and can be written, or can be made. Changes nothing.
     *
     * @throws IllegalArgumentException with one sentence that names the obstacle
     */
    public static void check(Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new IllegalArgumentException("cannot use the folder " + folder + ": " + nearest + " is a file");
        }
        if (!Files.isWritable(nearest)) {
            throw new IllegalArgumentException(
                    "cannot use the folder " + folder + ": this user may not write into " + nearest);
        }
    }

    private static boolean isFree(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Attributes for new files, if the file system supports them. */
    private static FileAttribute<?>[] owners(String permissions, Path near) {
        return near.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** The folder of the files of messages. */
    public Path attachments() {
        return folder.resolve(ATTACHMENTS).toAbsolutePath();
    }

    /** The folder of the database's file. */
    public Path database() {
        return folder.resolve(DATABASE).toAbsolutePath();
    }

    /**
     * The key that this server's tokens are signed with: the same after a restart, so that nobody has to sign in again.
     *
     * @param fresh the key of a folder that has none yet
     * @throws UncheckedIOException when it can be neither read nor written
     */
    public byte[] tokenKey(byte[] fresh) {
        return ownKey(TOKEN_KEY, fresh, "everybody has to sign in again");
    }

    /**
     * The key that pushes are signed with: the same after a restart, so that browsers go on to get them.
     *
     * @param fresh the key of a folder that has none yet
     * @throws UncheckedIOException when it can be neither read nor written
     */
    public String pushKey(String fresh) {
        byte[] key = ownKey(
                PUSH_KEY,
                fresh.getBytes(StandardCharsets.US_ASCII),
                "browsers get pushes again once their page was opened");
        return new String(key, StandardCharsets.US_ASCII);
    }

    private byte[] ownKey(String name, byte[] fresh, String loss) {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                Path made = Files.createTempFile(folder, name, ".new");
                Files.write(made, fresh, StandardOpenOption.SYNC);
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
            refuseReadersOf(file);
            byte[] key = Files.readAllBytes(file);
            if (key.length < KEY_BYTES) {
                throw new FileSystemException(name + " has " + key.length + " bytes, and a key has " + KEY_BYTES
                        + ". Restore it, or delete it: then " + loss);
            }
            return key;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Whoever reads a key can sign with it in the place of this server. */
    private static void refuseReadersOf(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !OWNERS.containsAll(view.readAttributes().permissions())) {
            throw new FileSystemException("others may use " + file.getFileName()
                    + ". Take their rights (chmod 600), and delete it if they may have read it");
        }
    }

    /**
     * Writes and deletes a small file.
     *
     * @throws IOException when the disk takes no writes; the message says why
     */
    public void probe() throws IOException {
        Path file = folder.resolve(PROBE);
        Files.write(file, new byte[PROBE_BYTES], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        Files.delete(file);
    }

    private static UncheckedIOException unusable(Path folder, IOException cause) {
        String why = cause.getClass() == FileSystemException.class ? cause.getMessage() : cause.toString();
        return new UncheckedIOException("cannot use the data folder " + folder + ": " + why, cause);
    }

    /** Lets go of the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
