package io.webchat.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ticks the lanes that are stalled; while there are none, nothing runs. Safe for use by many threads. */
final class StalledLanes {
    private static final Logger log = LoggerFactory.getLogger(StalledLanes.class);
    private static final long TICK_MILLIS = 10;

    private final ScheduledExecutorService timer;
    private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ticking = new AtomicBoolean();

    StalledLanes(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    void add(Lane lane) {
        lanes.add(lane);
        schedule();
    }

    void remove(Lane lane) {
        lanes.remove(lane);
    }

    private void schedule() {
        if (!lanes.isEmpty() && ticking.compareAndSet(false, true)) {
            var unused = timer.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticking.set(false);
        try {
            lanes.forEach(Lane::tick);
        } catch (RuntimeException e) {
            log.error("what followed a late call failed", e);
        }
        schedule();
    }
}
