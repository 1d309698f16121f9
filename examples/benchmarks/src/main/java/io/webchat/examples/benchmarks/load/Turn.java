package io.webchat.examples.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * The measurements of one contender under load.
 *
 * @param perSecond messages delivered per second
 * @param serverMicros CPU of all its servers per delivered message, in µs
 * @param redisMicros CPU of Redis per delivered message, in µs
 * @param delivery how long messages took to their receivers, in µs; says nothing under a closed loop
 * @param late how much of that the driver took before it sent them, in µs; empty under a closed loop
 */
record Turn(double perSecond, double serverMicros, double redisMicros, Histogram delivery, Histogram late) {
    double millis(double percentile) {
        return delivery.getValueAtPercentile(percentile) / 1000.0;
    }

    double lateMillis(double percentile) {
        return late.getValueAtPercentile(percentile) / 1000.0;
    }
}
