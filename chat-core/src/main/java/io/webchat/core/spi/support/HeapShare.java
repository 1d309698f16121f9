package io.webchat.core.spi.support;
/**
 * The shares of the largest heap of this JVM that the stores in memory take by default. All of them together stay below
 * a half, so that the other half is for connections, messages under way and the collector.
 */
public enum HeapShare {
    /** The offline queues: an eighth. */
    QUEUES(4),
    /** The call log: an eighth. */
    CALL_LOG(4),
    /** The rooms, and the consents of users: a sixteenth. */
    ROOMS(2),
    /** The profiles and blocks: a sixteenth. */
    PROFILES(2),
    /** The files of messages: a sixteenth. */
    ATTACHMENTS(2),
    /** The accounts of an application that keeps them in memory: a thirty-second part. */
    ACCOUNTS(1);

    private static final int PARTS = 32;

    private final int parts;

    HeapShare(int parts) {
        this.parts = parts;
    }

    /** The share in bytes. */
    public long bytes() {
        return Runtime.getRuntime().maxMemory() / PARTS * parts;
    }
}
