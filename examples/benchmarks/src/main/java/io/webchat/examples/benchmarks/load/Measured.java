package io.webchat.examples.benchmarks.load;

/**
 * The figures of the load driver that determine capacity.
 *
 * @param serverMicros CPU of a node per message on its whole way, in µs
 * @param redisMicros CPU of Redis per message on its whole way, in µs
 * @param connectionBytes memory of a node per connection
 * @param redisBytesPerEvent memory of Redis that recognises resends, per event
 * @param redisBytesPerUser memory of Redis per user for all else, while the queue is empty
 * @param writeUnits write units of DynamoDB per message
 */
record Measured(
        double serverMicros,
        double redisMicros,
        double connectionBytes,
        double redisBytesPerEvent,
        double redisBytesPerUser,
        double writeUnits) {
    /** What {@code docs/benchmarks.md} has, rounded up; of DynamoDB what a busy conversation costs at most. */
    static final Measured DOCUMENTED = new Measured(160, 140, 15_000, 60, 500, 3);
}
