package io.webchat.core;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a chat that are still in the memory of its node. */
final class LocalParts {
    private static final Logger log = LoggerFactory.getLogger(LocalParts.class);

    /** A part that is in memory until the host replaces it. */
    enum Part {
        QUEUES("queues", "offlineQueue(...)"),
        HISTORY("message history", "callLog(...), or localCallLog(...) if each node shall have its own"),
        ROOMS("rooms", "rooms(...)"),
        PROFILES("profiles and blocks", "profiles(...)");

        private final String name;
        private final String setter;

        Part(String name, String setter) {
            this.name = name;
            this.setter = setter;
        }
    }

    private final Set<Part> parts = EnumSet.allOf(Part.class);

    /** The host has set this part. */
    void remove(Part part) {
        parts.remove(part);
    }

    /** Logs a line for each part, for a chat of several nodes. */
    void warn() {
        parts.forEach(each -> log.warn(
                "In the memory of this node alone: {}. Other nodes do not have it, and a restart forgets it;"
                        + " set Chat.builder().{}",
                each.name,
                each.setter));
    }
}
