package io.webchat.core.internal.host;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.ConversationPages;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes everything about a user as lines, one after another: the next one when the consumer has taken the last. */
final class Export {
    private static final int PAGE = 200;

    private final BackendCalls backends;
    private final UserId user;
    private final Function<String, ? extends CompletionStage<?>> consumer;

    Export(BackendCalls backends, UserId user, Function<String, ? extends CompletionStage<?>> consumer) {
        this.backends = backends;
        this.user = user;
        this.consumer = consumer;
    }

    /** Completes when the consumer has taken all lines; fails with the first failure. */
    CompletableFuture<Void> run() {
        return write(ExportLines.user(user))
                .thenCompose(done -> backends.profiles("profile", store -> store.find(user)))
                .thenCompose(profile -> profile.isPresent()
                        ? write(ExportLines.profile(profile.get()))
                        : CompletableFuture.completedFuture(null))
                .thenCompose(done -> backends.profiles("blocks", store -> store.blocks(user)))
                .thenCompose(blocks -> writeAll(blocks.stream().sorted().toList(), ExportLines::block))
                .thenCompose(done -> consents())
                .thenCompose(done -> files())
                .thenCompose(done -> backends.rooms("roomsOf", store -> store.roomsOf(user)))
                .thenCompose(rooms -> writeAll(rooms, ExportLines::room).thenCompose(done -> conversations(rooms)))
                .thenCompose(done -> backends.lastSeen(user))
                .thenCompose(seen -> seen.isPresent()
                        ? write(ExportLines.lastSeen(seen.getAsLong()))
                        : CompletableFuture.completedFuture(null))
                .thenCompose(done -> queue(0));
    }

    private CompletableFuture<Void> write(String line) {
        return consumer.apply(line).toCompletableFuture().thenApply(taken -> null);
    }

    private <T> CompletableFuture<Void> writeAll(List<T> items, Function<T, String> line) {
        return Fanout.over(items, 1, each -> write(line.apply(each))).done();
    }

    private CompletableFuture<Void> consents() {
        return backends.keepsConsents()
                ? backends.consents("consents", store -> store.consents(user))
                        .thenCompose(found -> write(ExportLines.additionPolicy(found.policy()))
                                .thenCompose(done -> writeAll(found.rooms(), ExportLines::consent)))
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> files() {
        return backends.attachments().hasStore()
                ? backends.attachments()
                        .list(user)
                        .thenCompose(found -> Fanout.over(found, 1, this::file).done())
                : CompletableFuture.completedFuture(null);
    }

    /** Writes a file, unless it is deleted meanwhile. */
    private CompletableFuture<Void> file(AttachmentId id) {
        return backends.attachments()
                .find(user, id)
                .thenCompose(found -> writeAll(found.stream().toList(), ExportLines::attachment));
    }

    private CompletableFuture<Void> conversations(List<Membership> rooms) {
        return ConversationPages.read(
                backends,
                ConversationReader.of(user, rooms),
                Integer.MAX_VALUE,
                page -> Fanout.over(page, 1, this::conversation).done());
    }

    private CompletableFuture<Void> conversation(ConversationEntry entry) {
        return write(ExportLines.conversation(entry)).thenCompose(done -> messages(entry.id(), null));
    }

    private CompletableFuture<Void> messages(ConversationId conversation, @Nullable MessagePosition after) {
        HistoryRange range = new HistoryRange(after, null, true, PAGE);
        return backends.callLog("messages", log -> log.messages(conversation, user, range))
                .thenCompose(page -> writeAll(page, ExportLines::message).thenCompose(done -> {
                    LoggedMessage last = page.size() < PAGE ? null : page.get(PAGE - 1);
                    return last == null
                            ? CompletableFuture.completedFuture(null)
                            : messages(conversation, last.position());
                }));
    }

    private CompletableFuture<Void> queue(long after) {
        return backends.read(user, after, PAGE).thenCompose(slice -> {
            List<Envelope> events = slice.events();
            return writeAll(events, ExportLines::queued)
                    .thenCompose(done -> events.size() < PAGE
                            ? CompletableFuture.completedFuture(null)
                            : queue(events.get(PAGE - 1).seq()));
        });
    }
}
