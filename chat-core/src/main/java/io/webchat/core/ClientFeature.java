package io.webchat.core;

import io.webchat.core.events.Amendment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An ability of a client, which it names when it connects. A client that does not name it gets no such events. */
public enum ClientFeature {
    /** It understands {@link Amendment}s, and messages that were deleted before it got them. */
    AMEND;

    /** The name on the wire, for example {@code amend}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the feature with this name on the wire; empty for one that this server does not know. */
    public static Optional<ClientFeature> ofWire(String wire) {
        return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
}
