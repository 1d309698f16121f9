package io.webchat.examples.server.local;

import java.io.IOException;

/**
 * Forces a file to the disk, once for all callers that wait at the same time. A call returns when everything is on the
 * disk that was written to the file before the call.
 */
final class GroupSync {
    /** Forces a file. */
    interface Disk {
        void force() throws IOException;
    }

    private final Disk disk;
    /** The number of calls so far. Guarded by this. */
    private long calls;
    /** The calls up to this one are done. Guarded by this. */
    private long done;
    /** Guarded by this. */
    private boolean forcing;

    GroupSync(Disk disk) {
        this.disk = disk;
    }

    /** Returns when everything is on the disk; fails if the disk refuses. */
    void sync() throws IOException {
        long upTo = enter();
        if (upTo == 0) {
            return;
        }
        boolean forced = false;
        try {
            disk.force();
            forced = true;
        } finally {
            leave(forced ? upTo : 0);
        }
    }

    /** The number of calls so far. */
    synchronized long calls() {
        return calls;
    }

    /** Waits; returns the last call that this one forces the file for, or 0 if another one did it. */
    private synchronized long enter() throws IOException {
        calls++;
        long own = calls;
        while (forcing && done < own) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted before the disk had everything", e);
            }
        }
        if (done >= own) {
            return 0;
        }
        forcing = true;
        return calls;
    }

    private synchronized void leave(long upTo) {
        forcing = false;
        done = Math.max(done, upTo);
        notifyAll();
    }
}
