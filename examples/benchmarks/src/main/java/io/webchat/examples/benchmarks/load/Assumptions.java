package io.webchat.examples.benchmarks.load;

/**
 * Assumptions about people and machines that nobody measured.
 *
 * @param messagesPerDay how many messages a user sends per day
 * @param peakFactor the busiest minute against the mean of the day
 * @param onlineShare which part of the users is connected at that time
 * @param use which part of a CPU or memory is planned to be in use at that time
 * @param cores cores of a node
 * @param nodeBytes memory of a node's JVM
 * @param shardBytes memory of a Redis shard
 */
record Assumptions(
        double messagesPerDay,
        double peakFactor,
        double onlineShare,
        double use,
        int cores,
        double nodeBytes,
        double shardBytes) {
    static final Assumptions USUAL = new Assumptions(40, 5, 0.2, 0.5, 4, 8e9, 16e9);

    private static final double DAY_SECONDS = 86_400;

    /** Messages per second at the busiest time. */
    double peak(double users) {
        return users * messagesPerDay * peakFactor / DAY_SECONDS;
    }
}
