/** The contract suite of the offline queue: implement {@link io.webchat.core.contract.queue.OfflineQueueContract} to run it. */
@NullMarked
package io.webchat.core.contract.queue;

import org.jspecify.annotations.NullMarked;
