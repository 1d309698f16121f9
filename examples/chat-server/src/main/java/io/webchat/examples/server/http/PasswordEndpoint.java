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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/password} with a token in {@code Authorization: Bearer} and {@code {"password":…,"newPassword":…}}:
 * replaces the password of the token's user, and gives a new token. A token alone changes nothing: a wrong old password
 * is {@code forbidden}, within the limits of signing in. Tokens of earlier sign-ins are good until they end, and are
 * not renewed.
 */
public final class PasswordEndpoint implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(PasswordEndpoint.class);

    private final ObjectMapper json = new ObjectMapper();
    private final Accounts accounts;
    private final Tokens tokens;
    private final Function<UserId, CompletionStage<Void>> onChanged;

    /**
     * Changes the passwords of these accounts, for whoever has one of these tokens.
     *
     * @param onChanged ends what earlier sign-ins of a user have set up
     */
    public PasswordEndpoint(Accounts accounts, Tokens tokens, Function<UserId, CompletionStage<Void>> onChanged) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.onChanged = onChanged;
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
                .thenCompose(changed -> end(user))
                .thenApply(ended -> answer(user));
    }

    /** The password is changed all the same, so a failure here must not look like one of that. */
    private CompletionStage<Void> end(UserId user) {
        return onChanged.apply(user).exceptionally(failure -> {
            log.warn("the password of {} is changed, but its browsers may still get pushes", user, failure);
            return null;
        });
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
