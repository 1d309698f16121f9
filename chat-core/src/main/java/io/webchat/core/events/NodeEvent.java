package io.webchat.core.events;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/** An event between nodes or in queues, which never reaches a client. */
public sealed interface NodeEvent extends ChatEvent {
    /**
     * The news that a device opened a session. An older session of the same device on any node ends. Sessions of the
     * user's other devices learn that there are several devices. It travels between nodes and never reaches a client.
     *
     * @param to the user
     * @param device the device
     * @param generation a number that grows with each session of the device
     * @param timestamp the node's clock, Unix seconds
     */
    record SessionOpened(UserId to, DeviceId device, long generation, long timestamp) implements NodeEvent {
        @Override
        public EventKind kind() {
            return EventKind.SESSION;
        }
    }

    /**
     * The order to end the sessions of a user, given by the application. It travels between nodes and never reaches a
     * client. A node of an earlier version ignores it.
     *
     * @param to the user
     * @param device the device whose session ends; null for all devices
     * @param timestamp the node's clock, Unix seconds
     */
    record EndSessions(UserId to, @Nullable DeviceId device, long timestamp) implements NodeEvent {
        /** Makes the order with the current time of this machine. */
        public static EndSessions of(UserId user, @Nullable DeviceId device) {
            return new EndSessions(user, device, System.currentTimeMillis() / 1000);
        }

        @Override
        public EventKind kind() {
            return EventKind.END;
        }

        /** Whether the session of this device ends. */
        public boolean concerns(DeviceId other) {
            return device == null || device.equals(other);
        }
    }

    /**
     * The place of an event in a queue whose author was erased. It never reaches a client.
     *
     * @param to the recipient
     * @param timestamp 0
     */
    record Erased(UserId to, long timestamp) implements NodeEvent {
        /** The place of an event to this user. */
        public Erased(UserId to) {
            this(to, 0);
        }

        @Override
        public EventKind kind() {
            return EventKind.ERASED;
        }
    }

    /**
     * An event of a kind that this node does not know, because a newer node wrote it. A session passes it over and does
     * not confirm it, so that it stays in the queue until a newer node delivers it. It cannot be encoded.
     *
     * @param to the recipient
     * @param name the kind, as the newer node calls it
     * @param timestamp the author's clock, Unix seconds
     */
    record Unknown(UserId to, String name, long timestamp) implements NodeEvent {
        @Override
        public EventKind kind() {
            return EventKind.UNKNOWN;
        }
    }
}
