package io.webchat.core.spi.queue;

import io.webchat.core.ids.UserId;
import java.util.concurrent.CompletionStage;

/** An ability of an {@link OfflineQueue}: it can be emptied. For an id that somebody else has from now on. */
public interface QueueRemoval {
    /**
     * Removes all events of the user's queue and forgets its devices, in one step. Later events get higher Seqs. The
     * memory of resends stays, so a resend of a removed message is not stored again. Repeating it is safe.
     */
    CompletionStage<Void> clear(UserId user);
}
