package io.webchat.core.internal.push;

import io.webchat.core.Profile;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.ExpiringCache;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.UnreadMessages;
import io.webchat.core.rooms.Membership;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a push notification shows: the recipient's unread messages, and the titles of conversations. */
final class PushDetails {
    private static final Logger log = LoggerFactory.getLogger(PushDetails.class);
    private static final int MAX_NAMES = 10_000;

    private final BackendCalls backends;
    private final ExpiringCache<UserId, String> names;

    /**
     * The details from these backends.
     *
     * @param maxAge the largest age of a cached name
     */
    PushDetails(BackendCalls backends, Duration maxAge, LongSupplier nanoTime) {
        this.backends = backends;
        this.names = new ExpiringCache<>(
                user -> backends.profiles("profile", store -> store.find(user))
                        .thenApply(found -> found.map(Profile::name).orElse(user.value())),
                MAX_NAMES,
                maxAge,
                nanoTime);
    }

    /**
     * The details for one recipient.
     *
     * @param rooms the rooms of the recipient
     * @param unread the number of unread messages
     */
    record Recipient(List<Membership> rooms, int unread) {
        static final Recipient UNKNOWN = new Recipient(List.of(), 1);
    }

    /** Returns the details for this recipient; never fails. */
    CompletableFuture<Recipient> recipient(UserId user) {
        return backends.reader(user)
                .thenCompose(reader -> UnreadMessages.of(backends, reader)
                        .thenApply(unread -> new Recipient(reader.rooms(), Math.max(1, unread.messages()))))
                .exceptionally(failure -> {
                    log.debug("cannot count the unread messages of {}", user, failure);
                    return Recipient.UNKNOWN;
                });
    }

    /** Returns the title of the message's conversation for this recipient; never fails. */
    CompletableFuture<String> title(ChatEvent.Message message, Recipient recipient) {
        RoomId room = message.room();
        if (room != null) {
            return CompletableFuture.completedFuture(recipient.rooms().stream()
                    .filter(each -> each.room().equals(room))
                    .map(Membership::name)
                    .findFirst()
                    .orElse(room.value()));
        }
        return names.get(message.from()).exceptionally(failure -> {
            log.debug("cannot read the profile of {}", message.from(), failure);
            return message.from().value();
        });
    }
}
