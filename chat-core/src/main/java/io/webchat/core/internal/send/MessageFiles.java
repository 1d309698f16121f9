package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.backend.AttachmentCalls;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.EditedFiles;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Looks up the files that messages name, keeps them, and deletes them with their message. Name, type and size of a file
 * always come from the store. A message without files costs nothing.
 */
final class MessageFiles {
    private final AttachmentCalls files;

    MessageFiles(BackendCalls backends) {
        this.files = backends.attachments();
    }

    /**
     * Returns the message with what the store knows of its files, and keeps none. Fails with {@code bad_request} for a
     * file that its author does not have, with {@code forbidden} if there is no store, and with {@code unavailable}.
     */
    CompletableFuture<ChatEvent.Message> described(ChatEvent.Message message) {
        return described(message.content(), message.from(), Map.of()).thenApply(content -> with(message, content));
    }

    /**
     * Keeps the files for the message, and returns it with what the store knows of them. Fails as {@link #described}
     * does, and with {@code bad_request} for a file of another message.
     */
    CompletableFuture<ChatEvent.Message> kept(ChatEvent.Message message) {
        return kept(message.content(), AttachmentUse.by(message), Map.of())
                .thenApply(content -> with(message, content));
    }

    /** As {@link #described(ChatEvent.Message)}, for the new content of this message. */
    CompletableFuture<MessageContent> described(MessageContent edit, LoggedMessage target) {
        return described(edit, target.message().from(), filesOf(target));
    }

    /** As {@link #kept(ChatEvent.Message)}, for the new content of this message. */
    CompletableFuture<MessageContent> kept(MessageContent edit, LoggedMessage target) {
        return kept(edit, AttachmentUse.by(target.message()), filesOf(target));
    }

    /**
     * Deletes the files of a message that is about to be deleted. They belong to no other message. The call log gives
     * up the message only when they are gone: afterwards it would not tell which files they were.
     */
    CompletableFuture<Void> deleteBefore(Amendment amendment, LoggedMessage target) {
        return amendment.isDeletion() && files.hasStore()
                ? deleteAll(EditedFiles.of(target.message().content()))
                : CompletableFuture.completedFuture(null);
    }

    /**
     * Deletes the files that no content names after an edit. Before the edit was in the call log, a newer edit might
     * still have named them. An edit that was not the newest one had no effect, so the files that only it names go.
     *
     * @param target the message as it was before
     * @param time the time of the edit in the call log
     */
    CompletableFuture<Void> deleteAfter(Amendment amendment, LoggedMessage target, long time) {
        if (!(amendment.change() instanceof Amendment.Edit edit) || !files.hasStore() || time == target.editedAt()) {
            return CompletableFuture.completedFuture(null);
        }
        MessageContent before = target.message().content();
        return deleteAll(
                time > target.editedAt()
                        ? EditedFiles.without(before, edit.content())
                        : EditedFiles.without(edit.content(), before));
    }

    /** Deletes the files that were kept for an edit of a message that is gone. They belong to no other message. */
    CompletableFuture<Void> deleteNamed(Amendment amendment) {
        return amendment.change() instanceof Amendment.Edit edit && files.hasStore()
                ? deleteAll(EditedFiles.of(edit.content()))
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> deleteAll(Collection<AttachmentId> ids) {
        return CompletableFuture.allOf(ids.stream().map(files::delete).toArray(CompletableFuture<?>[]::new));
    }

    private static ChatEvent.Message with(ChatEvent.Message message, MessageContent content) {
        return content.attachments().isEmpty() ? message : message.withContent(content);
    }

    /** The files of the message, which need no look-up. */
    private static Map<AttachmentId, AttachmentRef> filesOf(LoggedMessage logged) {
        Map<AttachmentId, AttachmentRef> known = new HashMap<>();
        logged.message().content().attachments().forEach(each -> known.put(each.id(), each));
        return known;
    }

    private CompletableFuture<MessageContent> described(
            MessageContent content, UserId author, Map<AttachmentId, AttachmentRef> known) {
        return each(content, known, id -> files.find(author, id));
    }

    private CompletableFuture<MessageContent> kept(
            MessageContent content, AttachmentUse use, Map<AttachmentId, AttachmentRef> known) {
        return each(content, known, id -> files.keep(use, id));
    }

    private CompletableFuture<MessageContent> each(
            MessageContent content,
            Map<AttachmentId, AttachmentRef> known,
            Function<AttachmentId, CompletableFuture<Optional<StoredAttachment>>> look) {
        List<AttachmentRef> named = content.attachments();
        if (named.isEmpty()) {
            return CompletableFuture.completedFuture(content);
        }
        if (!files.hasStore()) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.FORBIDDEN, "Attachments: this server takes no files"));
        }
        List<CompletableFuture<AttachmentRef>> found = named.stream()
                .map(each -> {
                    AttachmentRef there = known.get(each.id());
                    return there == null
                            ? look.apply(each.id()).thenApply(file -> from(each, file))
                            : CompletableFuture.completedFuture(
                                    each.withFile(there.name(), there.type(), there.bytes()));
                })
                .toList();
        return Completions.all(found)
                .thenApply(all -> content.toBuilder().attachments(all).build());
    }

    private static AttachmentRef from(AttachmentRef named, Optional<StoredAttachment> found) {
        StoredAttachment file = found.orElseThrow(() -> new ChatException(
                ErrorCode.BAD_REQUEST,
                "Attachments names " + named.id() + ", which is no file of yours, or belongs to another message"));
        return named.withFile(file.name(), file.type(), file.bytes());
    }
}
