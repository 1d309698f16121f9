package io.webchat.core.internal.services;

import io.webchat.core.Attachments;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.AttachmentCalls;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.AuthorWords;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.UserRates;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.support.DisplayNames;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The files of messages, for those who may read the messages. */
public final class AttachmentService implements Attachments {
    private final BackendCalls backends;
    private final AttachmentCalls files;
    private final Permissions permissions;
    private final UserRates rates;
    private final OpenUploads uploads = new OpenUploads();

    /**
     * A service on these backends.
     *
     * @param rates the rates of all users, which uploads count for
     */
    public AttachmentService(BackendCalls backends, Permissions permissions, UserRates rates) {
        this.backends = backends;
        this.files = backends.attachments();
        this.permissions = permissions;
        this.rates = rates;
    }

    @Override
    public long maxBytes() {
        return files.maxBytes();
    }

    @Override
    public CompletionStage<AttachmentUpload> upload(UserId owner, String name) {
        if (!name.isEmpty() && !DisplayNames.isValid(name, MAX_NAME)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.BAD_REQUEST, "the name of a file " + DisplayNames.rule(MAX_NAME)));
        }
        try {
            rates.check(owner, UserRates.Activity.MESSAGE);
        } catch (ChatException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
        return uploads.begin(owner, ended -> files.begin(owner, name, ended));
    }

    @Override
    public CompletionStage<AttachmentReader> open(
            UserId reader, ConversationId conversation, MessageRef message, AttachmentId id) {
        return files.checkStore()
                .thenCompose(there -> permissions.checkParticipant(reader, conversation))
                .thenCompose(permitted -> permissions.blocksOf(reader))
                .thenCompose(blocked -> backends.find(conversation, message.from(), message.id())
                        .thenApply(found -> found.filter(each -> isVisible(each, conversation, blocked))
                                .filter(each -> names(each, id))
                                .orElseThrow(AttachmentService::noSuchFile)))
                .thenCompose(logged -> files.open(id))
                .thenApply(found -> found.orElseThrow(AttachmentService::noSuchFile));
    }

    private static boolean isVisible(LoggedMessage logged, ConversationId conversation, Set<UserId> blocked) {
        return conversation.isDirect() || AuthorWords.isVisible(logged.message(), blocked);
    }

    private static boolean names(LoggedMessage logged, AttachmentId id) {
        return logged.message().content().attachments().stream()
                .anyMatch(each -> each.id().equals(id));
    }

    @Override
    public CompletionStage<AttachmentReader> open(UserId owner, AttachmentId id) {
        return files.open(id).thenApply(found -> {
            AttachmentReader reader = found.orElseThrow(AttachmentService::noSuchFile);
            if (!reader.file().owner().equals(owner)) {
                reader.close();
                throw noSuchFile();
            }
            return reader;
        });
    }

    @Override
    public CompletionStage<Void> delete(UserId owner, AttachmentId id) {
        return files.deletePending(owner, id)
                .thenCompose(deleted -> deleted ? CompletableFuture.completedFuture(null) : refusal(owner, id));
    }

    @Override
    public CompletionStage<Void> delete(
            UserId owner, ConversationId conversation, MessageRef message, AttachmentId id) {
        return message.from().equals(owner)
                ? files.deletePending(owner, id)
                        .thenCompose(deleted -> deleted
                                ? CompletableFuture.completedFuture(null)
                                : deleteOrphan(new AttachmentUse(conversation, message), id))
                : CompletableFuture.failedFuture(noSuchFile());
    }

    private CompletableFuture<Void> deleteOrphan(AttachmentUse use, AttachmentId id) {
        return isNeeded(use, id)
                .thenCompose(needed -> needed
                        ? CompletableFuture.completedFuture(false)
                        : files.keep(use, id).thenApply(kept -> kept.isPresent()))
                .thenCompose(orphan -> orphan ? files.delete(id) : refusal(use.owner(), id));
    }

    /** Whether the message names the file, and somebody can read it. */
    private CompletableFuture<Boolean> isNeeded(AttachmentUse use, AttachmentId id) {
        MessageRef message = use.message();
        return backends.find(use.conversation(), message.from(), message.id())
                .thenApply(found -> found.filter(each -> names(each, id)).isPresent())
                .thenCompose(named -> named && use.conversation().roomId().isPresent()
                        ? permissions.exists(use.conversation().roomId().get())
                        : CompletableFuture.completedFuture(named));
    }

    private CompletableFuture<Void> refusal(UserId owner, AttachmentId id) {
        return files.find(owner, id).thenAccept(found -> {
            throw found.isEmpty()
                    ? noSuchFile()
                    : new ChatException(
                            ErrorCode.FORBIDDEN,
                            "this file belongs to a message; delete the message, or name it if it is gone");
        });
    }

    /** The same failure for every reason, so that a stranger does not learn which files there are. */
    private static ChatException noSuchFile() {
        return new ChatException(ErrorCode.NOT_FOUND, "there is no such file");
    }
}
