package io.webchat.examples.server;

import io.webchat.core.ChatConfig;
import io.webchat.core.spi.QueueLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much users may do. */
final class LimitOptions {
    @Option(
            names = "--window",
            paramLabel = "<messages>",
            defaultValue = "${env:CHAT_WINDOW:-256}",
            description = "Messages a session may have unconfirmed. CHAT_WINDOW (${DEFAULT-VALUE})")
    int window;

    @Option(
            names = "--rate-limit",
            paramLabel = "<per second>",
            defaultValue = "${env:CHAT_RATE_LIMIT:-50}",
            description = "Messages per second and user, bursts of four seconds' worth; 0 for none. CHAT_RATE_LIMIT"
                    + " (${DEFAULT-VALUE})")
    int rateLimit;

    @Option(
            names = "--max-queued",
            paramLabel = "<events>",
            defaultValue = "${env:CHAT_MAX_QUEUED:-10000}",
            description = "Messages and receipts that wait for one user; of more the oldest go. The same on every node."
                    + " CHAT_MAX_QUEUED (${DEFAULT-VALUE})")
    int maxQueued;

    QueueLimits queue() {
        return QueueLimits.DEFAULT.withMaxEvents(maxQueued);
    }

    ChatConfig chat() {
        return ChatConfig.builder()
                .window(window)
                .messagesPerSecond(rateLimit)
                .burst(Duration.ofSeconds(4))
                .build();
    }

    void check(Faults faults) {
        faults.from("limits", this::chat);
        faults.range("--max-queued", maxQueued, 1, 1_000_000);
    }
}
