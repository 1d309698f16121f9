package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import java.util.concurrent.CompletableFuture;

/** Records an amendment in the call log, and deletes the files that nobody needs afterwards. */
final class AmendmentRecorder {
    /** Each further attempt needs an edit of the message between two steps of its deletion. */
    private static final int MAX_ATTEMPTS = 8;

    private final BackendCalls backends;
    private final MessageFiles files;

    AmendmentRecorder(BackendCalls backends) {
        this.backends = backends;
        this.files = new MessageFiles(backends);
    }

    /**
     * Records the amendment, and deletes the files that it removes. Fails with {@code not_found} if the message was
     * deleted or is gone; the files of such an edit are deleted.
     *
     * @param time the time of the amendment in the call log
     */
    CompletableFuture<Void> record(Amendment amendment, LoggedMessage target, long time) {
        return attempt(amendment, target, time, MAX_ATTEMPTS).thenCompose(outcome -> switch (outcome) {
            case AMENDED -> CompletableFuture.completedFuture(null);
            case DELETED -> refused(amendment, AmendmentPipeline.deleted());
            case MISSING -> refused(amendment, new ChatException(ErrorCode.NOT_FOUND, "About: this message is gone"));
            case CHANGED ->
                CompletableFuture.failedFuture(new ChatException(
                        ErrorCode.UNAVAILABLE, "this message is being edited at the same time, try again"));
        });
    }

    private CompletableFuture<AmendmentOutcome> attempt(
            Amendment amendment, LoggedMessage target, long time, int attempts) {
        return files.deleteBefore(amendment, target)
                .thenCompose(done -> backends.amend(target, amendment, time))
                .thenCompose(outcome -> {
                    if (outcome == AmendmentOutcome.CHANGED && attempts > 1) {
                        return again(amendment, time, attempts - 1);
                    }
                    return outcome == AmendmentOutcome.AMENDED
                            ? files.deleteAfter(amendment, target, time).thenApply(done -> outcome)
                            : CompletableFuture.completedFuture(outcome);
                });
    }

    /** An edit came in between, so the message may have other files now. */
    private CompletableFuture<AmendmentOutcome> again(Amendment amendment, long time, int attempts) {
        return backends.find(
                        amendment.conversation(),
                        amendment.about().from(),
                        amendment.about().id())
                .thenCompose(found -> found.isPresent()
                        ? attempt(amendment, found.get(), time, attempts)
                        : CompletableFuture.completedFuture(AmendmentOutcome.MISSING));
    }

    private CompletableFuture<Void> refused(Amendment amendment, ChatException refusal) {
        return files.deleteNamed(amendment).thenCompose(done -> CompletableFuture.failedFuture(refusal));
    }
}
