package io.webchat.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits of the engine. Immutable; made by {@link #builder()}, which reports all faults at once.
 *
 * @param window the largest number of unconfirmed messages of one session; then the engine stops emitting; default 256
 * @param maxTextBytes the longest text, in bytes of UTF-8; default 16 KiB
 * @param maxDataBytes the largest {@code Data} of a message or a signal, in bytes of UTF-8; 0 to refuse all; default 8
 *     KiB
 * @param maxInFlight the largest number of unanswered sends of one session; default 1024
 * @param messagesPerSecond the rate of messages of one user on this node, all devices together, and the rate of
 *     people whom one user adds to rooms; 0 for no limit; default 50
 * @param signalsPerSecond the rate of signals and of receipts about unknown messages of one user on this node, all
 *     devices together, and the rate of heartbeats; 0 for no limit; default 20
 * @param openingsPerSecond the rate at which one user opens sessions on this node; 0 for no limit; default 10
 * @param maxSessionsPerUser the largest number of devices of one user that have a session on this node; default 50
 * @param fanoutBytesPerSecond the rate of bytes that one user writes on this node, for all recipients together: the
 *     content and 256 bytes for each of them; 0 for no limit; at most 10⁹; default 1 MiB
 * @param fanoutBurstBytes the number of these bytes that may come at once; a larger message passes when the user has
 *     been silent long enough; default 32 MiB
 * @param fanoutBytesPerDay the number of these bytes, signals apart, that one user may write on this node in a day;
 *     they come back evenly over the day, 86 400 at least; 0 for no limit, as without {@code fanoutBytesPerSecond};
 *     default 1 GiB
 * @param burst the time whose messages, signals or sessions may come at once; default 4 s
 * @param gapWait the time to wait for a missing publish before the session reads the queue; default 20 ms
 * @param backendTimeout the time after which a call to a backend fails with {@code unavailable}; default 5 s
 * @param retryDelay the time to wait before the first retry of a failed read or receipt; doubles up to 32 times as
 *     much; default 250 ms
 * @param maxRoomMembers the largest number of members of a room; default 1 000
 * @param maxRoomsPerUser the largest number of rooms that a user has created or joined and not left; concurrent joins
 *     may exceed it; default 1 000
 * @param maxRoomAdditions the largest number of rooms of a user to which others added them; a tenth of it for each of
 *     these others; beyond it they can only invite; default 200
 * @param maxBlocks the largest number of users that one user may block; default 1 000
 * @param pushAfter how long a message may wait for a confirmation by any device before the {@link OfflineListener} is
 *     called; default 5 s
 * @param permissionCache how long a node may use cached blocks and members; its own changes hold at once; default 5 s
 * @param policyTimeout the time after which a question to a policy of the application fails with {@code unavailable};
 *     default 2 s
 * @param expiryNotice how long before the end of a principal its session gets the notice {@code expiring}; default 30 s
 */
public record ChatConfig(
        int window,
        int maxTextBytes,
        int maxDataBytes,
        int maxInFlight,
        int messagesPerSecond,
        int signalsPerSecond,
        int openingsPerSecond,
        int maxSessionsPerUser,
        int fanoutBytesPerSecond,
        int fanoutBurstBytes,
        long fanoutBytesPerDay,
        Duration burst,
        Duration gapWait,
        Duration backendTimeout,
        Duration retryDelay,
        int maxRoomMembers,
        int maxRoomsPerUser,
        int maxRoomAdditions,
        int maxBlocks,
        Duration pushAfter,
        Duration permissionCache,
        Duration policyTimeout,
        Duration expiryNotice) {

    /**
     * Checks all values.
     *
     * @throws IllegalArgumentException with every value that is out of range
     */
    public ChatConfig {
        List<String> faults = new ArrayList<>();
        range(faults, "window", window, 1, 65_536);
        range(faults, "maxTextBytes", maxTextBytes, 1, 1 << 20);
        range(faults, "maxDataBytes", maxDataBytes, 0, 1 << 16);
        range(faults, "maxInFlight", maxInFlight, 1, 1 << 20);
        range(faults, "messagesPerSecond", messagesPerSecond, 0, 1_000_000);
        range(faults, "signalsPerSecond", signalsPerSecond, 0, 1_000_000);
        range(faults, "openingsPerSecond", openingsPerSecond, 0, 1_000_000);
        range(faults, "maxSessionsPerUser", maxSessionsPerUser, 1, 10_000);
        range(faults, "fanoutBytesPerSecond", fanoutBytesPerSecond, 0, 1_000_000_000);
        range(faults, "fanoutBurstBytes", fanoutBurstBytes, 1, Integer.MAX_VALUE);
        range(faults, "fanoutBytesPerDay", fanoutBytesPerDay, 0, 86_400_000_000_000L);
        range(faults, "burst in ms", millis(burst), 1, 3_600_000);
        range(faults, "gapWait in ms", millis(gapWait), 1, 10_000);
        range(faults, "backendTimeout in ms", millis(backendTimeout), 1, 600_000);
        range(faults, "retryDelay in ms", millis(retryDelay), 1, 60_000);
        range(faults, "maxRoomMembers", maxRoomMembers, 1, 10_000);
        range(faults, "maxRoomsPerUser", maxRoomsPerUser, 1, 10_000);
        range(faults, "maxRoomAdditions", maxRoomAdditions, 0, 10_000);
        range(faults, "maxBlocks", maxBlocks, 1, 10_000);
        range(faults, "pushAfter in ms", millis(pushAfter), 0, 3_600_000);
        range(faults, "permissionCache in ms", millis(permissionCache), 1, 600_000);
        range(faults, "policyTimeout in ms", millis(policyTimeout), 1, 600_000);
        range(faults, "expiryNotice in ms", millis(expiryNotice), 0, 86_400_000);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("invalid chat configuration: " + String.join("; ", faults));
        }
    }

    private static void range(List<String> faults, String name, long value, long min, long max) {
        if (value < min || value > max) {
            faults.add(name + " must be " + min + " to " + max + ", not " + value);
        }
    }

    /**
     * Milliseconds; the largest or smallest number for a time that does not fit, so that it is reported like other
     * faults.
     */
    private static long millis(Duration time) {
        try {
            return time.toMillis();
        } catch (ArithmeticException e) {
            return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Returns the default limits. */
    public static ChatConfig defaults() {
        return builder().build();
    }

    /** Returns a builder that starts with the default limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects values; {@link #build} checks them. Not safe for use by several threads. */
    public static final class Builder {
        private int window = 256;
        private int maxTextBytes = 16 * 1024;
        private int maxDataBytes = 8 * 1024;
        private int maxInFlight = 1024;
        private int messagesPerSecond = 50;
        private int signalsPerSecond = 20;
        private int openingsPerSecond = 10;
        private int maxSessionsPerUser = 50;
        private int fanoutBytesPerSecond = 1 << 20;
        private int fanoutBurstBytes = 32 << 20;
        private long fanoutBytesPerDay = 1L << 30;
        private Duration burst = Duration.ofSeconds(4);
        private Duration gapWait = Duration.ofMillis(20);
        private Duration backendTimeout = Duration.ofSeconds(5);
        private Duration retryDelay = Duration.ofMillis(250);
        private int maxRoomMembers = 1_000;
        private int maxRoomsPerUser = 1_000;
        private int maxRoomAdditions = 200;
        private int maxBlocks = 1_000;
        private Duration pushAfter = Duration.ofSeconds(5);
        private Duration permissionCache = Duration.ofSeconds(5);
        private Duration policyTimeout = Duration.ofSeconds(2);
        private Duration expiryNotice = Duration.ofSeconds(30);

        private Builder() {}

        /** See {@link ChatConfig#window}. */
        public Builder window(int messages) {
            window = messages;
            return this;
        }

        /** See {@link ChatConfig#maxTextBytes}. */
        public Builder maxTextBytes(int bytes) {
            maxTextBytes = bytes;
            return this;
        }

        /** See {@link ChatConfig#maxDataBytes}. */
        public Builder maxDataBytes(int bytes) {
            maxDataBytes = bytes;
            return this;
        }

        /** See {@link ChatConfig#maxInFlight}. */
        public Builder maxInFlight(int sends) {
            maxInFlight = sends;
            return this;
        }

        /** See {@link ChatConfig#messagesPerSecond}. */
        public Builder messagesPerSecond(int rate) {
            messagesPerSecond = rate;
            return this;
        }

        /** See {@link ChatConfig#signalsPerSecond}. */
        public Builder signalsPerSecond(int rate) {
            signalsPerSecond = rate;
            return this;
        }

        /** See {@link ChatConfig#openingsPerSecond}. */
        public Builder openingsPerSecond(int rate) {
            openingsPerSecond = rate;
            return this;
        }

        /** See {@link ChatConfig#maxSessionsPerUser}. */
        public Builder maxSessionsPerUser(int devices) {
            maxSessionsPerUser = devices;
            return this;
        }

        /** See {@link ChatConfig#fanoutBytesPerSecond}. */
        public Builder fanoutBytesPerSecond(int bytes) {
            fanoutBytesPerSecond = bytes;
            return this;
        }

        /** See {@link ChatConfig#fanoutBurstBytes}. */
        public Builder fanoutBurstBytes(int bytes) {
            fanoutBurstBytes = bytes;
            return this;
        }

        /** See {@link ChatConfig#fanoutBytesPerDay}. */
        public Builder fanoutBytesPerDay(long bytes) {
            fanoutBytesPerDay = bytes;
            return this;
        }

        /** See {@link ChatConfig#burst}. */
        public Builder burst(Duration time) {
            burst = time;
            return this;
        }

        /** See {@link ChatConfig#gapWait}. */
        public Builder gapWait(Duration time) {
            gapWait = time;
            return this;
        }

        /** See {@link ChatConfig#backendTimeout}. */
        public Builder backendTimeout(Duration time) {
            backendTimeout = time;
            return this;
        }

        /** See {@link ChatConfig#retryDelay}. */
        public Builder retryDelay(Duration time) {
            retryDelay = time;
            return this;
        }

        /** See {@link ChatConfig#maxRoomMembers}. */
        public Builder maxRoomMembers(int members) {
            maxRoomMembers = members;
            return this;
        }

        /** See {@link ChatConfig#maxRoomsPerUser}. */
        public Builder maxRoomsPerUser(int rooms) {
            maxRoomsPerUser = rooms;
            return this;
        }

        /** See {@link ChatConfig#maxRoomAdditions}. */
        public Builder maxRoomAdditions(int rooms) {
            maxRoomAdditions = rooms;
            return this;
        }

        /** See {@link ChatConfig#maxBlocks}. */
        public Builder maxBlocks(int users) {
            maxBlocks = users;
            return this;
        }

        /** See {@link ChatConfig#pushAfter}. */
        public Builder pushAfter(Duration time) {
            pushAfter = time;
            return this;
        }

        /** See {@link ChatConfig#permissionCache}. */
        public Builder permissionCache(Duration time) {
            permissionCache = time;
            return this;
        }

        /** See {@link ChatConfig#policyTimeout}. */
        public Builder policyTimeout(Duration time) {
            policyTimeout = time;
            return this;
        }

        /** See {@link ChatConfig#expiryNotice}. */
        public Builder expiryNotice(Duration time) {
            expiryNotice = time;
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @throws IllegalArgumentException with every value that is out of range
         */
        public ChatConfig build() {
            return new ChatConfig(
                    window,
                    maxTextBytes,
                    maxDataBytes,
                    maxInFlight,
                    messagesPerSecond,
                    signalsPerSecond,
                    openingsPerSecond,
                    maxSessionsPerUser,
                    fanoutBytesPerSecond,
                    fanoutBurstBytes,
                    fanoutBytesPerDay,
                    burst,
                    gapWait,
                    backendTimeout,
                    retryDelay,
                    maxRoomMembers,
                    maxRoomsPerUser,
                    maxRoomAdditions,
                    maxBlocks,
                    pushAfter,
                    permissionCache,
                    policyTimeout,
                    expiryNotice);
        }
    }
}
