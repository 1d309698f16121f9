package io.webchat.core.internal.backend;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls the store of files, as {@link BackendCalls} does. Without a store each call fails with {@code forbidden}. */
public final class AttachmentCalls {
    private final BackendCalls calls;
    private final @Nullable AttachmentStore store;

    AttachmentCalls(BackendCalls calls, @Nullable AttachmentStore store) {
        this.calls = calls;
        this.store = store;
    }

    /** Whether there is a store. */
    public boolean hasStore() {
        return store != null;
    }

    /** Returns the size of the largest file; 0 without a store. */
    public long maxBytes() {
        return store == null ? 0 : store.limits().maxBytes();
    }

    /** Completes if there is a store; fails as the calls do otherwise. */
    public CompletableFuture<Void> checkStore() {
        return hasStore() ? CompletableFuture.completedFuture(null) : noStore();
    }

    private static <T> CompletableFuture<T> noStore() {
        return CompletableFuture.failedFuture(new ChatException(ErrorCode.FORBIDDEN, "this server takes no files"));
    }

    /**
     * Calls {@link AttachmentStore#begin}. An upload that begins after the time-out is given up.
     *
     * @param ended run when the store has finished the upload or given it up, however long that takes, and if it does
     *     not begin one; perhaps more than once
     */
    public CompletableFuture<AttachmentUpload> begin(UserId owner, String name, Runnable ended) {
        CompletableFuture<AttachmentUpload> begun = call(files -> files.begin(owner, name));
        return calls.guard("beginUpload", begun)
                .whenComplete((upload, failure) -> {
                    if (failure != null) {
                        Completions.whenDone(begun.thenCompose(AttachmentUpload::abort), (done, none) -> ended.run());
                    }
                })
                .thenApply(upload -> new GuardedUpload(calls, upload, ended));
    }

    /** Calls {@link AttachmentStore#keep}. */
    public CompletableFuture<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        return calls.guard("keepFile", call(files -> files.keep(use, id)));
    }

    /** Calls {@link AttachmentStore#open}. A file that is opened after the time-out is closed. */
    public CompletableFuture<Optional<AttachmentReader>> open(AttachmentId id) {
        CompletableFuture<Optional<AttachmentReader>> opened = call(files -> files.open(id));
        return calls.guard("openFile", opened)
                .whenComplete((reader, failure) -> {
                    if (failure != null) {
                        Completions.whenDone(opened, (late, none) -> {
                            if (none == null) {
                                late.ifPresent(AttachmentReader::close);
                            }
                        });
                    }
                })
                .thenApply(found -> found.map(reader -> new GuardedReader(calls, reader)));
    }

    /** Finds a file of this user. */
    public CompletableFuture<Optional<StoredAttachment>> find(UserId owner, AttachmentId id) {
        return open(id).thenApply(found -> found.map(reader -> {
                    try (reader) {
                        return reader.file();
                    }
                })
                .filter(file -> file.owner().equals(owner)));
    }

    /** Calls {@link AttachmentStore#deletePending}. */
    public CompletableFuture<Boolean> deletePending(UserId owner, AttachmentId id) {
        return calls.guard("deleteFile", call(files -> files.deletePending(owner, id)));
    }

    /** Calls {@link AttachmentStore#delete}. */
    public CompletableFuture<Void> delete(AttachmentId id) {
        return calls.guard("deleteFile", call(files -> files.delete(id)));
    }

    /** Calls {@link AttachmentStore#list}. */
    public CompletableFuture<List<AttachmentId>> list(UserId owner) {
        return calls.guard("listFiles", call(files -> files.list(owner)));
    }

    private <T> CompletableFuture<T> call(Function<AttachmentStore, CompletionStage<T>> call) {
        AttachmentStore files = store;
        return files == null ? noStore() : BackendCalls.invoke(() -> call.apply(files));
    }
}
