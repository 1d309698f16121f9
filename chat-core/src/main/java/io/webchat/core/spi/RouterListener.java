package io.webchat.core.spi;

import io.webchat.core.events.Envelope;

/**
 * Called for the events that are published to one user. May be called from several threads at once; must not block or
 * throw.
 */
public interface RouterListener {
    /** An event was published. */
    void onEvent(Envelope envelope);

    /**
     * The subscription was interrupted and works again. Events published meanwhile are lost, so the queue must be read.
     */
    void onResubscribed();
}
