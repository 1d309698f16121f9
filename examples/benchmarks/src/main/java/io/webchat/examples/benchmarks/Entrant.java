package io.webchat.examples.benchmarks;

import io.webchat.core.spi.QueueLimits;
import java.util.function.BiFunction;

/** Who takes part. */
enum Entrant {
    /** webchat's client core, used as the engine uses it. */
    CORE((url, limits) -> new CoreContestant(url, limits)),
    /** The same commands in bare jedis pipelines of 100, one after the other, on one connection. */
    PIPELINE((url, limits) -> new PipelineContestant(url, limits)),
    /** The same commands one by one from 64 threads with 64 pooled connections. */
    POOL((url, limits) -> new PoolContestant(url, limits));

    private final BiFunction<String, QueueLimits, Contestant> maker;

    Entrant(BiFunction<String, QueueLimits, Contestant> maker) {
        this.maker = maker;
    }

    Contestant enter(String url, QueueLimits limits) {
        return maker.apply(url, limits);
    }
}
