package io.webchat.examples.server.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.accounts.Attempts;
import io.webchat.examples.server.push.EndpointRule;
import io.webchat.examples.server.push.PushKeys;
import io.webchat.examples.server.push.PushSubscription;
import io.webchat.examples.server.push.PushSubscriptions;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code PUT} and {@code DELETE /v1/push/subscriptions/{device}} with a token in {@code Authorization: Bearer}: a
 * browser wants pushes, or none any more. The body of {@code PUT} has the browser's subscription ({@code endpoint} and
 * {@code keys}), {@code notice}, {@code showsText} and {@code muted}. A token from before the last change of the
 * password does not subscribe.
 */
public final class PushSubscriptionEndpoint implements HttpHandler {
    /** The path that a device id follows. */
    public static final String PATH = "/v1/push/subscriptions";

    private static final int MAX_MUTED = 100;
    private static final int MAX_NOTICE = 100;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int CHANGES = 200;

    private final Attempts changes = new Attempts(
            new Attempts.Rule("too many changes of push subscriptions", CHANGES, PAUSE, PAUSE),
            WINDOW,
            Ticker.systemTicker());
    private final PushSubscriptions subscriptions;
    private final EndpointRule rule;
    private final Accounts accounts;
    private final Tokens tokens;

    /**
     * Changes these subscriptions.
     *
     * @param rule the endpoints that are taken
     * @param accounts tells of changed passwords
     * @param tokens the tokens of the callers
     */
    public PushSubscriptionEndpoint(
            PushSubscriptions subscriptions, EndpointRule rule, Accounts accounts, Tokens tokens) {
        this.subscriptions = subscriptions;
        this.rule = rule;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return ServerRoute.answer(request, request.method().equals("PUT") ? this::put : this::remove);
    }

    private CompletionStage<HttpResponse> put(HttpRequest request) {
        return tokens.authenticateNow(Bearer.of(request), accounts::passwordChangedAt)
                .thenCompose(
                        caller -> ServerRoute.withBody(request, body -> put(caller.user(), device(request), body)));
    }

    private CompletionStage<HttpResponse> put(UserId user, DeviceId device, JsonBody body) {
        changes.begin(user);
        return subscriptions.put(user, subscription(device, body)).thenApply(done -> HttpResponse.of(204));
    }

    private CompletionStage<HttpResponse> remove(HttpRequest request) {
        return tokens.authenticate(Bearer.of(request)).thenCompose(caller -> {
            changes.begin(caller.user());
            return subscriptions.remove(caller.user(), device(request)).thenApply(done -> HttpResponse.of(204));
        });
    }

    private static DeviceId device(HttpRequest request) {
        if (!request.path().startsWith(PATH + "/")) {
            throw bad("the path must end with the id of a device");
        }
        return DeviceId.of(request.path().substring(PATH.length() + 1));
    }

    private PushSubscription subscription(DeviceId device, JsonBody body) {
        body.allowOnly("endpoint", "keys", "notice", "showsText", "muted");
        JsonBody keys = body.object("keys").orElseThrow(() -> bad("keys is missing"));
        keys.allowOnly("p256dh", "auth");
        return new PushSubscription(
                device,
                rule.check(body.text("endpoint")),
                new PushKeys(keys.text("p256dh"), keys.text("auth")),
                notice(body.text("notice")),
                body.flag("showsText", false),
                muted(body.texts("muted")));
    }

    private static String notice(String text) {
        if (text.isBlank() || text.length() > MAX_NOTICE) {
            throw bad("notice must have 1 to " + MAX_NOTICE + " characters");
        }
        return text;
    }

    private static List<String> muted(List<String> conversations) {
        if (conversations.size() > MAX_MUTED) {
            throw bad("muted must have at most " + MAX_MUTED + " conversations, not " + conversations.size());
        }
        conversations.forEach(PushSubscriptionEndpoint::requireConversation);
        return conversations;
    }

    private static void requireConversation(String conversation) {
        String id = conversation.substring(conversation.indexOf(':') + 1);
        if (conversation.startsWith("user:")) {
            UserId.of(id);
        } else if (conversation.startsWith("room:")) {
            RoomId.of(id);
        } else {
            throw bad("muted must hold conversations such as user:bob and room:den");
        }
    }

    private static ChatException bad(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }
}
