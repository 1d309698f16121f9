package io.webchat.core.spi.queue;

import io.webchat.core.ids.UserId;
import java.util.concurrent.CompletionStage;

/** An ability of an {@link OfflineQueue}: it can erase the events of one author. */
public interface EventErasure {
    /**
     * Replaces each event in the queue of {@code user} that {@code author} sent by an {@link
     * io.webchat.core.events.NodeEvent.Erased}, in one step. Seqs, times and cursors stay. The memory of resends stays,
     * so a resend of an erased message is not stored again. Repeating it is safe.
     */
    CompletionStage<Void> erase(UserId user, UserId author);
}
