package io.webchat.examples.server.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells that a disk is nearly full while it still takes writes. A write of a few kilobytes succeeds until the very
 * last ones. The disk is well again only with a tenth more than the least, so that the answer does not change all the
 * time.
 */
public final class DiskSpace {
    private static final long MEGABYTE = 1_000_000;
    private static final int MARGIN_DIVISOR = 10;

    /** Finds the number of bytes that this process may still write. */
    interface Usable {
        long bytes() throws IOException;
    }

    private final Usable usable;
    private final long least;
    /** Guarded by this. */
    private boolean low;

    DiskSpace(Usable usable, long leastMegabytes) {
        this.usable = usable;
        this.least = leastMegabytes * MEGABYTE;
    }

    /**
     * Watches the disk of a folder.
     *
     * @param leastMegabytes the space below which the disk is nearly full; 0 for never
     */
    public static DiskSpace of(Path folder, int leastMegabytes) {
        return new DiskSpace(() -> Files.getFileStore(folder).getUsableSpace(), leastMegabytes);
    }

    /**
     * Looks at the disk.
     *
     * @throws IOException when it is nearly full; the message says how much is left
     */
    public synchronized void check() throws IOException {
        long left = usable.bytes();
        long wanted = low ? least + least / MARGIN_DIVISOR : least;
        low = left < wanted;
        if (low) {
            throw new FileSystemException("disk nearly full: " + left / MEGABYTE + " MB left, " + wanted / MEGABYTE
                    + " MB wanted; give it space, or lower --min-free-disk");
        }
    }
}
