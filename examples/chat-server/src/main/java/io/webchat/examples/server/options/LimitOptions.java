package io.webchat.examples.server.options;

import io.webchat.core.ChatConfig;
import io.webchat.core.spi.QueueLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much users may do. */
public final class LimitOptions {
    @Option(
            names = "--window",
            paramLabel = "<messages>",
            defaultValue = "${env:CHAT_WINDOW:-256}",
            description = "Messages a session may have unconfirmed. CHAT_WINDOW (${DEFAULT-VALUE})")
    private int window;

    @Option(
            names = "--rate-limit",
            paramLabel = "<per second>",
            defaultValue = "${env:CHAT_RATE_LIMIT:-50}",
            description = "Messages per second and user, bursts of four seconds' worth; 0 for none. CHAT_RATE_LIMIT"
                    + " (${DEFAULT-VALUE})")
    private int rateLimit;

    @Option(
            names = "--max-queued",
            paramLabel = "<events>",
            defaultValue = "${env:CHAT_MAX_QUEUED:-10000}",
            description = "Messages and receipts that wait for one user; of more the oldest go. The same on every node."
                    + " CHAT_MAX_QUEUED (${DEFAULT-VALUE})")
    private int maxQueued;

    /** The bounds of each user's queue. */
    public QueueLimits queue() {
        return QueueLimits.DEFAULT.withMaxEvents(maxQueued);
    }

    /** The limits of the chat. */
    public ChatConfig chat() {
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
