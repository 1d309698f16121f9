package io.webchat.redis.testing;

/** What has just happened when the hook of a {@linkplain ClusterSetup#migrateSlot migration} is called. */
public enum MigrationStep {
    /** The new owner expects the slot: it answers commands that begin with ASKING. */
    IMPORTING,
    /** The old owner gives the slot away: it answers ASK for keys that it does not have. */
    MIGRATING,
    /** Some keys have moved, others may not have. Happens once per batch. */
    BATCH_MOVED,
    /** The new owner has the slot for good; the old one does not know it yet. */
    ASSIGNED
}
