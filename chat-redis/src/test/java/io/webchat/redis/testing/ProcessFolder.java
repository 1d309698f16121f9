package io.webchat.redis.testing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A temporary folder, and the process that works in it. Both end with this JVM, even if the JVM is killed and no
 * shutdown hook runs. A small shell reads from a pipe that this JVM holds open. When the JVM dies, the kernel closes
 * the pipe; the shell then kills the process and deletes the folder. A parent-death signal would not need the shell,
 * but Java cannot ask for one.
 */
final class ProcessFolder implements AutoCloseable {
    // Ctrl-C signals the whole process group; the shell has to survive it.
    private static final String GUARD = "trap '' HUP INT TERM; while read -r line; do pid=$line; done; "
            + "[ -z \"$pid\" ] || kill -9 \"$pid\"; rm -rf \"$1\"";

    private final Path folder;
    private final Process guard;
    private final BufferedWriter pids;

    ProcessFolder() {
        try {
            folder = Files.createTempDirectory("webchat-redis-");
            guard = new ProcessBuilder("/bin/sh", "-c", GUARD, "guard", folder.toString())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pids = guard.outputWriter(StandardCharsets.US_ASCII);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path folder() {
        return folder;
    }

    /** Makes this process end with the JVM. */
    void occupy(Process process) {
        tell(Long.toString(process.pid()));
    }

    /** Forgets the process, which has ended: the kernel may give its id to another process. */
    void vacate() {
        tell("");
    }

    /** Deletes a file, or a folder with its files, if it exists. */
    void delete(String name) {
        try {
            SystemCommand.run(List.of("rm", "-rf", file(name).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String pid) {
        try {
            pids.write(pid);
            pids.newLine();
            pids.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The guard of " + folder + " is gone", e);
        }
    }

    /** Deletes the folder. */
    @Override
    public void close() {
        try {
            pids.close();
            guard.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            // The guard finishes its work anyway.
            Thread.currentThread().interrupt();
        }
    }
}
