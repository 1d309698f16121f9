package io.webchat.core.internal.backend;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An upload whose steps end within the time-out. A step that takes longer goes on; the next one waits for it. */
final class GuardedUpload implements AttachmentUpload {
    private final BackendCalls calls;
    private final AttachmentUpload upload;
    private final Runnable ended;
    /** The step before, without its failure. Steps follow one another, perhaps on different threads. */
    private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * An upload that has begun.
     *
     * @param ended run when the store has finished it or given it up, also after the time-out
     */
    GuardedUpload(BackendCalls calls, AttachmentUpload upload, Runnable ended) {
        this.calls = calls;
        this.upload = upload;
        this.ended = ended;
    }

    @Override
    public AttachmentId id() {
        return upload.id();
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
        return next("writeFile", () -> upload.write(bytes));
    }

    @Override
    public CompletionStage<StoredAttachment> finish() {
        return next(
                "finishFile",
                () -> upload.finish().thenApply(file -> {
                    ended.run();
                    return file;
                }));
    }

    @Override
    public CompletionStage<Void> abort() {
        return next("abortFile", () -> upload.abort().whenComplete((done, failure) -> ended.run()));
    }

    private <T> CompletionStage<T> next(String operation, Supplier<CompletionStage<T>> step) {
        CompletableFuture<T> made = last.thenCompose(done -> BackendCalls.invoke(step));
        last = made.handle((done, failure) -> true);
        return calls.guard(operation, made);
    }
}
