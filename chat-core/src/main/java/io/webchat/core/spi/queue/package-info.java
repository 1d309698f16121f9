/**
 * The queue of events for each user. An {@link io.webchat.core.spi.queue.OfflineQueue} stores events until every device
 * has confirmed them. An adapter also tells whether its queue can lose events: see {@link
 * io.webchat.core.spi.queue.QueueEpoch}.
 */
@NullMarked
package io.webchat.core.spi.queue;

import org.jspecify.annotations.NullMarked;
