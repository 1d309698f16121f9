package io.webchat.examples.benchmarks.load;

import java.util.Locale;

/**
 * How much of everything a number of users needs. Each number is the larger one of the demands of CPU and of memory.
 *
 * @param perSecond messages per second at the busiest time
 * @param nodesByCpu nodes that the CPU asks for
 * @param nodesByMemory nodes that the connections' memory asks for
 * @param shardsByCpu Redis shards that the CPU asks for
 * @param shardsByMemory Redis shards that memory asks for
 * @param writeUnits DynamoDB write units per second at the busiest time
 */
record Sizing(
        double users,
        double perSecond,
        double nodesByCpu,
        double nodesByMemory,
        double shardsByCpu,
        double shardsByMemory,
        double writeUnits) {
    /** A message makes an event for its receiver and one for its sender, and resends are known for up to two days. */
    private static final double EVENTS_PER_MESSAGE = 2;

    private static final double DAYS_KNOWN = 2;
    private static final double MICROS = 1e6;

    static Sizing of(double users, Measured measured, Assumptions by) {
        double peak = by.peak(users);
        double remembered = by.messagesPerDay() * EVENTS_PER_MESSAGE * DAYS_KNOWN * measured.redisBytesPerEvent();
        return new Sizing(
                users,
                peak,
                peak * measured.serverMicros() / MICROS / (by.cores() * by.use()),
                users * by.onlineShare() * measured.connectionBytes() / (by.nodeBytes() * by.use()),
                peak * measured.redisMicros() / MICROS / by.use(),
                users * (measured.redisBytesPerUser() + remembered) / (by.shardBytes() * by.use()),
                peak * measured.writeUnits());
    }

    /** With one node more than the load asks for, so that one may be missing. */
    int nodes() {
        return (int) Math.ceil(Math.max(nodesByCpu, nodesByMemory)) + 1;
    }

    int shards() {
        return (int) Math.max(1, Math.ceil(Math.max(shardsByCpu, shardsByMemory)));
    }

    /** A row of a table in Markdown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %,.0f | %,.0f | %d (%.2f / %.2f) | %d (%.2f / %.2f) | %,.0f |",
                users,
                perSecond,
                nodes(),
                nodesByCpu,
                nodesByMemory,
                shards(),
                shardsByCpu,
                shardsByMemory,
                writeUnits);
    }
}
