package io.webchat.core.engine.policy;

import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the engine reports about messages and policies. */
final class CountingObserver implements ChatObserver {
    final List<ErrorCode> refused = new CopyOnWriteArrayList<>();
    final List<String> policyFailures = new CopyOnWriteArrayList<>();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger offline = new AtomicInteger();

    @Override
    public void accepted(boolean duplicate, Duration latency) {
        accepted.incrementAndGet();
    }

    @Override
    public void refused(ErrorCode code) {
        refused.add(code);
    }

    @Override
    public void policyFailed(String policy) {
        policyFailures.add(policy);
    }

    @Override
    public void offline() {
        offline.incrementAndGet();
    }
}
