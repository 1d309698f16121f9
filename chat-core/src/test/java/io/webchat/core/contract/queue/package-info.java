/**
 * The contract suite of the offline queue,
 * {@link io.webchat.core.contract.queue.OfflineQueueContract}, and its parts.
 */
@NullMarked
package io.webchat.core.contract.queue;

import org.jspecify.annotations.NullMarked;
