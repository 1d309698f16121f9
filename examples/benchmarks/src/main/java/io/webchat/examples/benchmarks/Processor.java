package io.webchat.examples.benchmarks;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time: unlike messages per second, it hardly depends on other load of the machine.
 *
 * @param client nanoseconds of this process
 * @param server nanoseconds of the processes that it has started
 */
record Processor(long client, long server) {
    static Processor now() {
        ProcessHandle self = ProcessHandle.current();
        return new Processor(nanos(Stream.of(self)), nanos(self.children()));
    }

    private static long nanos(Stream<ProcessHandle> processes) {
        return processes
                .mapToLong(each ->
                        each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    Processor since(Processor before) {
        return new Processor(client - before.client, server - before.server);
    }

    Processor and(Processor other) {
        return new Processor(client + other.client, server + other.server);
    }
}
