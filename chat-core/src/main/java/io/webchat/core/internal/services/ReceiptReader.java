package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageReceipts;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads who has got and who has seen a message, for its author. Readers who have blocked the author look as if they had
 * not got it: otherwise their progress would tell when they are online.
 *
 * @param backends the backends
 * @param permissions tells who has blocked the author
 */
record ReceiptReader(BackendCalls backends, Permissions permissions) {
    CompletableFuture<MessageReceipts> read(UserId author, ConversationId conversation, MessageId id) {
        Optional<RoomId> room = conversation.roomId();
        if (room.isEmpty() && !conversation.users().contains(author)) {
            return CompletableFuture.failedFuture(noSuchMessage());
        }
        CompletableFuture<List<RoomMember>> members =
                room.isPresent() ? membersOf(room.get(), author) : CompletableFuture.completedFuture(List.of());
        return members.thenCompose(found -> backends.find(conversation, author, id)
                .thenCompose(message -> {
                    LoggedMessage logged = message.orElseThrow(ReceiptReader::noSuchMessage);
                    List<UserId> readers = readers(logged, conversation, found);
                    return permissions
                            .withoutBlockersOf(author, readers)
                            .thenCompose(shown -> backends.received(conversation, shown)
                                    .thenApply(marks -> receipts(logged, readers, marks)));
                }));
    }

    private CompletableFuture<List<RoomMember>> membersOf(RoomId id, UserId author) {
        return backends.rooms("room", store -> store.find(id)).thenApply(found -> {
            Room room = found.filter(each -> each.member(author).isPresent()).orElseThrow(Permissions::noSuchRoom);
            if (room.members().size() > CallLogs.MAX_RECEIPT_READERS) {
                throw new ChatException(
                        ErrorCode.TOO_LARGE,
                        "receipts are told in rooms of at most " + CallLogs.MAX_RECEIPT_READERS + " members");
            }
            return room.members();
        });
    }

    private static List<UserId> readers(LoggedMessage logged, ConversationId conversation, List<RoomMember> members) {
        UserId author = logged.message().from();
        return conversation.isDirect()
                ? conversation.users().stream()
                        .filter(each -> !each.equals(author))
                        .toList()
                : members.stream()
                        .filter(each -> each.joinedAt() <= logged.storedAt())
                        .map(RoomMember::user)
                        .filter(each -> !each.equals(author))
                        .toList();
    }

    private static MessageReceipts receipts(LoggedMessage logged, List<UserId> readers, Map<UserId, Watermarks> marks) {
        return new MessageReceipts(readers.stream()
                .map(each -> new MessageReceipts.Reader(
                        each, marks.getOrDefault(each, Watermarks.NONE).of(logged.position())))
                .toList());
    }

    private static ChatException noSuchMessage() {
        return new ChatException(ErrorCode.NOT_FOUND, "you have written no such message in this conversation");
    }
}
