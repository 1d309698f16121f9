package io.webchat.examples.server.options;

import io.webchat.core.ChatConfig;
import io.webchat.core.spi.queue.QueueLimits;
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
            description = "Messages per second and user, bursts of four seconds' worth; 0 for no rate limit at all."
                    + " CHAT_RATE_LIMIT (${DEFAULT-VALUE})")
    private int rateLimit;

    @Option(
            names = "--fanout-limit",
            paramLabel = "<bytes per second>",
            defaultValue = "${env:CHAT_FANOUT_LIMIT:-1048576}",
            description = "Bytes per second that one user writes, for all recipients together; 0 for none."
                    + " CHAT_FANOUT_LIMIT (${DEFAULT-VALUE})")
    private int fanoutLimit;

    @Option(
            names = "--fanout-daily-limit",
            paramLabel = "<bytes>",
            defaultValue = "${env:CHAT_FANOUT_DAILY_LIMIT:-1073741824}",
            description = "Bytes that one user writes in a day, for all recipients together; 0 for no such limit."
                    + " CHAT_FANOUT_DAILY_LIMIT (${DEFAULT-VALUE})")
    private long fanoutDailyLimit;

    @Option(
            names = "--max-queued",
            paramLabel = "<events>",
            defaultValue = "${env:CHAT_MAX_QUEUED:-10000}",
            description = "Messages and receipts that wait for one user; of more the oldest go. The same on every node."
                    + " CHAT_MAX_QUEUED (${DEFAULT-VALUE})")
    private int maxQueued;

    @Option(
            names = "--push-after",
            paramLabel = "<seconds>",
            defaultValue = "${env:CHAT_PUSH_AFTER:-5}",
            description =
                    "Seconds that a message waits for a device of its recipient to confirm it. Then browsers get a"
                            + " push, and the webhook the event offline. CHAT_PUSH_AFTER (${DEFAULT-VALUE})")
    private int pushAfter;

    /** The bounds of each user's queue. */
    public QueueLimits queue() {
        return QueueLimits.DEFAULT.withMaxEvents(maxQueued);
    }

    /** The limits of the chat. */
    public ChatConfig chat() {
        ChatConfig.Builder limits = ChatConfig.builder()
                .window(window)
                .messagesPerSecond(rateLimit)
                .fanoutBytesPerSecond(fanoutLimit)
                .fanoutBytesPerDay(fanoutDailyLimit)
                .burst(Duration.ofSeconds(4))
                .pushAfter(Duration.ofSeconds(pushAfter));
        if (rateLimit == 0) {
            limits.signalsPerSecond(0).openingsPerSecond(0).fanoutBytesPerSecond(0);
        }
        return limits.build();
    }

    void check(Faults faults) {
        faults.from("limits", this::chat);
        faults.range("--max-queued", maxQueued, 1, 1_000_000);
    }
}
