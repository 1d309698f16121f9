package io.webchat.examples.embedded;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.Principal;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The application's REST routes, in its own framework: the chat is asked in Java. */
final class WebApi implements Consumer<JavalinConfig> {
    private static final int PAGE = 50;

    record Credentials(String user, String password) {}

    record NewMessage(String to, String id, String text) {}

    private final Chat chat;
    private final Accounts accounts;

    WebApi(Chat chat, Accounts accounts) {
        this.chat = chat;
        this.accounts = accounts;
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.post("/login", this::signIn);
        config.routes.get("/api/conversations", this::conversations);
        config.routes.get("/api/conversations/{peer}", this::messages);
        config.routes.post("/api/messages", this::send);
        config.routes.exception(ChatException.class, WebApi::refuse);
    }

    private void signIn(Context ctx) {
        Credentials given = ctx.bodyAsClass(Credentials.class);
        String token = accounts.signIn(UserId.of(given.user()), given.password())
                .orElseThrow(() -> new UnauthorizedResponse("wrong user or password"));
        ctx.json(Map.of("token", token));
    }

    private void conversations(Context ctx) {
        answer(
                ctx,
                user -> chat.callLogs()
                        .conversations(user, PAGE, "")
                        .thenApply(
                                page -> page.items().stream().map(WebApi::view).toList()));
    }

    private void messages(Context ctx) {
        answer(ctx, user -> {
            ConversationId talk = ConversationId.direct(user, UserId.of(ctx.pathParam("peer")));
            return chat.callLogs()
                    .messages(user, talk, PAGE, "")
                    .thenApply(page -> page.items().stream().map(WebApi::view).toList());
        });
    }

    private void send(Context ctx) {
        NewMessage given = ctx.bodyAsClass(NewMessage.class);
        answer(
                ctx,
                user -> chat.send(
                                ChatEvent.message(user, UserId.of(given.to()), MessageId.of(given.id()), given.text()))
                        .thenApply(WebApi::view));
    }

    /** Asks on behalf of whoever the bearer token belongs to. */
    private void answer(Context ctx, Ask ask) {
        String header = ctx.header("Authorization");
        String token = header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
        ctx.future(() -> accounts.principalOf(token)
                .thenApply(Principal::user)
                .thenCompose(ask::of)
                .thenAccept(ctx::json)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(Failures.unwrap(failure)))
                .toCompletableFuture());
    }

    private interface Ask {
        CompletionStage<?> of(UserId user);
    }

    private static void refuse(ChatException refusal, Context ctx) {
        int status = switch (refusal.code()) {
            case BAD_REQUEST -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN, REJECTED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case QUEUE_FULL, UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
        ctx.status(status).json(Map.of("code", refusal.code().wire(), "detail", refusal.detail()));
    }

    private static Map<String, Object> view(ConversationEntry entry) {
        return Map.of("id", entry.id().value(), "unread", entry.unread(), "last", view(entry.last()));
    }

    private static Map<String, Object> view(LoggedMessage logged) {
        return Map.of(
                "id", logged.message().id().value(),
                "from", logged.message().from().value(),
                "text", logged.message().text(),
                "storedAt", logged.storedAt(),
                "status", logged.status().name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> view(SendResult sent) {
        return Map.of("storedAt", sent.storedAt(), "duplicate", sent.duplicate());
    }
}
