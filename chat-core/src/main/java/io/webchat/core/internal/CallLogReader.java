package io.webchat.core.internal;

import io.webchat.core.CallLogs;
import io.webchat.core.ChatException;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ErrorCode;
import io.webchat.core.LoggedMessage;
import io.webchat.core.Page;
import io.webchat.core.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads the call log for one user, after checking that it is theirs to read. */
final class CallLogReader implements CallLogs {
    private final Backends backends;

    CallLogReader(Backends backends) {
        this.backends = backends;
    }

    @Override
    public CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor) {
        return outOfRange(limit)
                ? failed(ErrorCode.BAD_REQUEST, "limit must be 1 to " + MAX_LIMIT)
                : backends.logs("conversations", log -> log.conversations(user, limit, cursor));
    }

    @Override
    public CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String cursor) {
        if (outOfRange(limit)) {
            return failed(ErrorCode.BAD_REQUEST, "limit must be 1 to " + MAX_LIMIT);
        }
        if (!conversation.users().contains(user)) {
            return failed(ErrorCode.NOT_FOUND, "there is no such conversation");
        }
        return backends.logs("messages", log -> log.messages(conversation, limit, cursor));
    }

    private static boolean outOfRange(int limit) {
        return limit < 1 || limit > MAX_LIMIT;
    }

    private static <T> CompletionStage<T> failed(ErrorCode code, String detail) {
        return CompletableFuture.failedFuture(new ChatException(code, detail));
    }
}
