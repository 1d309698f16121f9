package io.webchat.core.policy;

import io.webchat.core.events.ChatEvent;

/** The answer of a {@link MessagePolicy}. Immutable. */
public sealed interface Verdict {
    /** Returns the verdict that the event may be sent as it is. */
    static Verdict accept() {
        return Accepted.INSTANCE;
    }

    /**
     * Returns the verdict that the event may not be sent.
     *
     * @param detail one sentence for the author
     */
    static Verdict refuse(String detail) {
        return new Refused(detail);
    }

    /**
     * Returns the verdict that this event is sent instead. Only its content may differ, and the limits hold for it as
     * well. Any other difference counts as a failure of the policy. The author's sending device does not learn of it;
     * it finds the new content in the call log.
     */
    static Verdict replace(ChatEvent event) {
        return new Replaced(event);
    }

    /** The event may be sent as it is. */
    enum Accepted implements Verdict {
        /** The only one. */
        INSTANCE
    }

    /**
     * The event may not be sent.
     *
     * @param detail one sentence for the author
     */
    record Refused(String detail) implements Verdict {}

    /**
     * Another event is sent instead.
     *
     * @param event the event
     */
    record Replaced(ChatEvent event) implements Verdict {}
}
