package io.webchat.core.spi;

import io.webchat.core.Envelope;

/** Hears what is published to one user. May be called from several threads at once; must not block or throw. */
public interface RouterListener {
    /** Something was published. */
    void onEvent(Envelope envelope);

    /**
     * The subscription was interrupted and stands again: what was published in between is lost, so the
     * queue must be read.
     */
    void onResubscribed();
}
