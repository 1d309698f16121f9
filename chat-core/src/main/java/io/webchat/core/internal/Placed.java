package io.webchat.core.internal;

import io.webchat.core.spi.Appended;

/**
 * An event that stands in a queue.
 *
 * @param place where
 * @param receivers how many subscriptions it was published to, {@link #UNPUBLISHED} where it is yet to be
 */
record Placed(Appended place, int receivers) {
    static final int UNPUBLISHED = -1;

    boolean published() {
        return receivers != UNPUBLISHED;
    }
}
