package io.webchat.redis.testing;

/** The step that a {@linkplain ClusterSetup#migrateSlot migration} has just finished when it calls its hook. */
public enum MigrationStep {
    /** The new owner imports the slot: it answers commands that follow ASKING. */
    IMPORTING,
    /** The old owner exports the slot: it answers ASK for keys that it does not have. */
    MIGRATING,
    /** One batch of keys has moved. Happens once per batch. */
    BATCH_MOVED,
    /** The new owner has the slot; the old owner does not know it yet. */
    ASSIGNED
}
