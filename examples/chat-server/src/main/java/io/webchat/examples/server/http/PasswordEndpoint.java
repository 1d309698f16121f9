package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /v1/password} with a token in {@code Authorization: Bearer} and {@code {"password":…,"newPassword":…}}:
 * replaces the password of the token's user, and gives a new token. A token alone changes nothing: a wrong old password
 * is {@code forbidden}, within the limits of signing in. Tokens of earlier sign-ins are good until they end, and are
 * not renewed.
 */
public final class PasswordEndpoint implements HttpHandler {
    private final ObjectMapper json = new ObjectMapper();
    private final Accounts accounts;
    private final Tokens tokens;

    /** Changes the passwords of these accounts, for whoever has one of these tokens. */
    public PasswordEndpoint(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return ServerRoute.answer(request, this::change);
    }

    private CompletionStage<HttpResponse> change(HttpRequest request) {
        return tokens.authenticate(Bearer.of(request))
                .thenCompose(caller -> ServerRoute.withBody(request, body -> change(caller.user(), request, body)));
    }

    private CompletionStage<HttpResponse> change(UserId user, HttpRequest request, JsonBody body) {
        body.allowOnly("password", "newPassword");
        InetAddress from = request.remoteAddress().getAddress();
        return accounts.changePassword(user, body.text("password"), body.text("newPassword"), from)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(named(failure)))
                .thenApply(changed -> answer(user));
    }

    /** The token is good, so the password is what was refused. */
    private static Throwable named(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof ChatException known && known.code() == ErrorCode.UNAUTHORIZED
                ? new ChatException(ErrorCode.FORBIDDEN, "password: not the old password", known)
                : cause;
    }

    private HttpResponse answer(UserId user) {
        Tokens.Issued issued = tokens.issue(user);
        return HttpResponse.json(
                200,
                json.createObjectNode()
                        .put("token", issued.token())
                        .put("expiresAt", issued.expiresAt().toString())
                        .toString());
    }
}
