package io.webchat.examples.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The operating system's (Linux) figures of a process. */
final class ProcessStats {
    /** The unit of times in {@code /proc}, which is the same on every Linux that a JVM runs on: 10 ms. */
    private static final double TICKS_PER_SECOND = 100;

    /** The position of the fields behind the name. The name may hold spaces: with the third one. */
    private static final int FIRST = 3;

    private static final int USER_TIME = 14;
    private static final int SYSTEM_TIME = 15;

    private ProcessStats() {}

    /** Seconds of CPU that these have used since they began, in the kernel too. */
    static double cpuSeconds(Collection<Long> pids) throws IOException {
        double sum = 0;
        for (long pid : pids) {
            sum += cpuSeconds(pid);
        }
        return sum;
    }

    private static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> fields =
                Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(USER_TIME - FIRST)) + Long.parseLong(fields.get(SYSTEM_TIME - FIRST)))
                / TICKS_PER_SECOND;
    }

    /** Bytes of memory that the process has in use. */
    static long residentBytes(long pid) throws IOException {
        return 1024 * status(pid, "VmRSS:");
    }

    /** How many threads the process has. */
    static long threads(long pid) throws IOException {
        return status(pid, "Threads:");
    }

    /** How many files, sockets among them, the process has open. */
    static long files(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }

    private static long status(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        throw new IOException("process " + pid + " says nothing of " + name);
    }
}
