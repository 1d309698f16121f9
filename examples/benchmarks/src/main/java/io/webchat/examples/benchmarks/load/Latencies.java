package io.webchat.examples.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long messages took from when they were meant to be sent, in µs. For one thread. */
final class Latencies {
    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final Histogram acknowledged = histogram();
    private final Histogram delivered = histogram();
    private final Histogram receipts = histogram();
    private final Histogram late = histogram();

    static Histogram histogram() {
        return new Histogram(MAX_MICROS, 3);
    }

    void acknowledged(long nanos) {
        record(acknowledged, nanos);
    }

    void delivered(long nanos) {
        record(delivered, nanos);
    }

    void receipt(long nanos) {
        record(receipts, nanos);
    }

    /** A message left so long after it was meant to. */
    void late(long nanos) {
        record(late, nanos);
    }

    private static void record(Histogram into, long nanos) {
        into.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(Math.max(nanos, 0)), MAX_MICROS));
    }

    void reset() {
        acknowledged.reset();
        delivered.reset();
        receipts.reset();
        late.reset();
    }

    Histogram acknowledged() {
        return acknowledged.copy();
    }

    Histogram delivered() {
        return delivered.copy();
    }

    Histogram late() {
        return late.copy();
    }

    Histogram receipts() {
        return receipts.copy();
    }
}
