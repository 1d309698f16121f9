package io.webchat.examples.server.push;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.AccountStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The browsers that want pushes, of each user as many as {@value #MAX}. All nodes with the same accounts share them.
 * Stages fail with {@code unavailable} where the store does not answer. Safe for use by any number of threads.
 */
public final class PushSubscriptions {
    /**
     * The largest number of browsers of one user. The one that was renewed least lately makes way for a further one.
     */
    public static final int MAX = 8;

    private static final int ATTEMPTS = 8;

    private final AccountStore store;

    /** Subscriptions in this store. */
    public PushSubscriptions(AccountStore store) {
        this.store = store;
    }

    /** The subscriptions of a user, the one that was renewed last at the end. */
    CompletionStage<List<PushSubscription>> of(UserId user) {
        return store.find(user).thenApply(found -> SubscriptionText.read(found.orElse("")));
    }

    /** Adds or renews the subscription of a browser. */
    public CompletionStage<Void> put(UserId user, PushSubscription subscription) {
        return change(user, before -> {
            List<PushSubscription> after = without(before, subscription.device());
            after.add(subscription);
            return after.subList(Math.max(0, after.size() - MAX), after.size());
        });
    }

    /** Removes the subscription of a browser, if there is one. */
    public CompletionStage<Void> remove(UserId user, DeviceId device) {
        return change(user, before -> without(before, device));
    }

    /** Removes the subscription with this endpoint, which the push service does not know any more. */
    CompletionStage<Void> removeGone(UserId user, URI endpoint) {
        return change(
                user,
                before -> before.stream()
                        .filter(each -> !each.endpoint().equals(endpoint))
                        .toList());
    }

    /** Removes all subscriptions of a user. Repeating it is safe. */
    public CompletionStage<Void> removeAll(UserId user) {
        return change(user, before -> List.of());
    }

    private static List<PushSubscription> without(List<PushSubscription> before, DeviceId device) {
        List<PushSubscription> others = new ArrayList<>(before);
        others.removeIf(each -> each.device().equals(device));
        return others;
    }

    private CompletionStage<Void> change(UserId user, UnaryOperator<List<PushSubscription>> change) {
        return change(user, change, 1);
    }

    private CompletionStage<Void> change(UserId user, UnaryOperator<List<PushSubscription>> change, int attempt) {
        return store.find(user).thenCompose(found -> {
            List<PushSubscription> before = SubscriptionText.read(found.orElse(""));
            List<PushSubscription> after = change.apply(before);
            if (after.equals(before)) {
                return CompletableFuture.completedStage(null);
            }
            String text = SubscriptionText.of(after);
            CompletionStage<Boolean> written =
                    found.map(known -> store.replace(user, known, text)).orElseGet(() -> store.add(user, text));
            // Otherwise another browser of the user was faster.
            return written.thenCompose(
                    done -> done ? CompletableFuture.completedStage(null) : again(user, change, attempt));
        });
    }

    private CompletionStage<Void> again(UserId user, UnaryOperator<List<PushSubscription>> change, int attempt) {
        return attempt < ATTEMPTS
                ? change(user, change, attempt + 1)
                : CompletableFuture.failedStage(new ChatException(
                        ErrorCode.UNAVAILABLE, "the push subscriptions are changed too often at this moment"));
    }
}
