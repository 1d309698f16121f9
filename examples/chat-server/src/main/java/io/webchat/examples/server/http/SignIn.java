package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /v1/login} with {@code {"user":…,"password":…}}: gives a token to who has an account, and an account to
 * who has none. With {@code "register":false} it makes no account and answers 404. The body follows the rules of the
 * chat's own routes.
 */
public final class SignIn implements HttpHandler {
    private final ObjectMapper json = new ObjectMapper();
    private final Accounts accounts;
    private final Tokens tokens;

    /** A sign-in with these accounts, which gives these tokens. */
    public SignIn(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return ServerRoute.answer(request, each -> ServerRoute.withBody(each, body -> signIn(each, body)));
    }

    private CompletionStage<HttpResponse> signIn(HttpRequest request, JsonBody body) {
        body.allowOnly("user", "password", "register");
        UserId user = UserId.of(body.text("user"));
        String password = body.text("password");
        InetAddress from = request.remoteAddress().getAddress();
        CompletionStage<Boolean> registered = body.flag("register", true)
                ? accounts.signIn(user, password, from)
                : accounts.signInToExisting(user, password, from).thenApply(done -> false);
        return registered.thenApply(isNew -> welcome(user, isNew));
    }

    private HttpResponse welcome(UserId user, boolean registered) {
        Tokens.Issued issued = tokens.issue(user);
        return HttpResponse.json(
                200,
                json.createObjectNode()
                        .put("token", issued.token())
                        .put("user", user.value())
                        .put("expiresAt", issued.expiresAt().toString())
                        .put("registered", registered)
                        .toString());
    }
}
