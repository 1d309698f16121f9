package io.webchat.examples.benchmarks;

import io.webchat.core.spi.queue.QueueLimits;

/** Who takes part. */
enum Entrant {
    /** webchat's client core, used as the engine uses it. */
    CORE,
    /** The same commands in bare jedis pipelines of 100, one after the other, on one connection. */
    PIPELINE,
    /** The same commands one by one from 64 threads with 64 pooled connections. */
    POOL;

    Contestant enter(String url, QueueLimits limits) {
        return switch (this) {
            case CORE -> new CoreContestant(url, limits);
            case PIPELINE -> new PipelineContestant(url, limits);
            case POOL -> new PoolContestant(url, limits);
        };
    }
}
