package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One message bucket per user, all sessions together. A bucket outlives its sessions until it is full
 * again, or reconnecting would be a way around the limit.
 */
final class UserRates {
    private static final int SWEEP_EVERY = 1024;

    private final Map<UserId, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final ChatConfig config;
    private final LongSupplier nanoTime;

    UserRates(ChatConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    TokenBucket of(UserId user) {
        if (opened.incrementAndGet() % SWEEP_EVERY == 0) {
            buckets.values().removeIf(TokenBucket::full);
        }
        return buckets.computeIfAbsent(
                user, any -> new TokenBucket(config.messagesPerSecond(), config.burst(), nanoTime));
    }

    TokenBucket ofOneSession() {
        return new TokenBucket(config.signalsPerSecond(), config.burst(), nanoTime);
    }
}
