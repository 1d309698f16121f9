package io.webchat.examples.server;

import io.webchat.core.Chat;
import io.webchat.core.OfflineListener;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.backends.Backends;
import io.webchat.examples.server.backends.Opened;
import io.webchat.examples.server.http.Metrics;
import io.webchat.examples.server.http.PushKeyEndpoint;
import io.webchat.examples.server.http.PushSubscriptionEndpoint;
import io.webchat.examples.server.http.Tokens;
import io.webchat.examples.server.options.PushOptions;
import io.webchat.examples.server.options.ServerOptions;
import io.webchat.examples.server.push.EndpointRule;
import io.webchat.examples.server.push.PushSubscriptions;
import io.webchat.examples.server.push.VapidKey;
import io.webchat.examples.server.push.WebPush;
import io.webchat.examples.server.webhook.Webhook;
import io.webchat.socketio.SocketIoServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who is told of what happens in the chat: the webhook, and browsers whose pages are closed. */
final class Notifiers {
    private final @Nullable Webhook webhook;
    private final @Nullable Pushes pushes;

    /** What pushes are made of. */
    private record Pushes(WebPush push, PushSubscriptions subscriptions, VapidKey key, EndpointRule rule) {}

    private Notifiers(@Nullable Webhook webhook, @Nullable Pushes pushes) {
        this.webhook = webhook;
        this.pushes = pushes;
    }

    /**
     * Those that the options name. They are noted as opened.
     *
     * @param pushKey takes a fresh key of pushes, and gives the one that is kept
     * @throws java.io.UncheckedIOException when the key can be neither read nor kept, with one sentence that says why
     * @throws IllegalArgumentException when the kept key is damaged
     */
    static Notifiers open(
            ServerOptions options, Backends backends, UnaryOperator<String> pushKey, Metrics metrics, Opened opened) {
        URI url = options.webhook().url();
        Webhook webhook =
                url == null ? null : new Webhook(url, options.webhook().secret(), metrics.registry());
        if (webhook != null) {
            opened.add(() -> webhook.close(Duration.ZERO));
        }
        Pushes pushes = options.push().isOn() ? pushes(options.push(), backends, pushKey, metrics) : null;
        if (pushes != null) {
            opened.add(() -> pushes.push().close(Duration.ZERO));
        }
        return new Notifiers(webhook, pushes);
    }

    private static Pushes pushes(
            PushOptions options, Backends backends, UnaryOperator<String> pushKey, Metrics metrics) {
        VapidKey key = VapidKey.of(pushKey.apply(VapidKey.fresh()), options.contact());
        PushSubscriptions subscriptions = new PushSubscriptions(backends.accounts(AccountPart.PUSH));
        EndpointRule rule = options.endpoints();
        return new Pushes(new WebPush(subscriptions, key, rule, metrics.registry()), subscriptions, key, rule);
    }

    /** Makes the chat tell them. */
    void addTo(Chat.Builder chat) {
        List<OfflineListener> told = new ArrayList<>();
        if (webhook != null) {
            chat.listener(webhook);
            told.add(webhook);
        }
        if (pushes != null) {
            told.add(pushes.push());
        }
        // Without a listener the chat does not look for what is not confirmed.
        if (!told.isEmpty()) {
            chat.offlineListener(message -> told.forEach(each -> each.onOffline(message)));
        }
    }

    /** Adds the routes with which browsers subscribe. */
    void addTo(SocketIoServer.Builder server, Accounts accounts, Tokens tokens) {
        if (pushes != null) {
            PushSubscriptionEndpoint subscriptions =
                    new PushSubscriptionEndpoint(pushes.subscriptions(), pushes.rule(), accounts, tokens);
            server.route("GET", PushKeyEndpoint.PATH, new PushKeyEndpoint(pushes.key(), tokens))
                    .route("PUT", PushSubscriptionEndpoint.PATH, subscriptions)
                    .route("DELETE", PushSubscriptionEndpoint.PATH, subscriptions);
        }
    }

    /** Ends the pushes to all browsers of a user. */
    CompletionStage<Void> forget(UserId user) {
        return pushes == null
                ? CompletableFuture.completedStage(null)
                : pushes.subscriptions().removeAll(user);
    }

    /** Delivers what waits as long as the grace, and gives up the rest. */
    void close(Duration grace) {
        long begun = System.nanoTime();
        if (webhook != null) {
            webhook.close(grace);
        }
        if (pushes != null) {
            Duration left = grace.minusNanos(System.nanoTime() - begun);
            pushes.push().close(left.isNegative() ? Duration.ZERO : left);
        }
    }
}
