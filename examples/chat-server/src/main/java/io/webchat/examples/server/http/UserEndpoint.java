package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.UserLookUps;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /v1/users/{id}} with a token in {@code Authorization: Bearer}: tells whether somebody has this user id, as
 * {@code {"userId":…,"exists":…}}. Anyone with a token may ask, within limits per user and address. Whoever tries to
 * make an account learns the same, within such limits.
 */
public final class UserEndpoint implements HttpHandler {
    /** The path that a user id follows. */
    public static final String PATH = "/v1/users";

    private final ObjectMapper json = new ObjectMapper();
    private final UserLookUps lookUps;
    private final Tokens tokens;

    /** Tells whoever has one of these tokens. */
    public UserEndpoint(UserLookUps lookUps, Tokens tokens) {
        this.lookUps = lookUps;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return ServerRoute.answer(request, this::tell);
    }

    private CompletionStage<HttpResponse> tell(HttpRequest request) {
        InetAddress from = request.remoteAddress().getAddress();
        lookUps.admit(from);
        return tokens.authenticate(Bearer.of(request)).thenCompose(caller -> {
            UserId user = UserId.of(request.path().substring(request.path().lastIndexOf('/') + 1));
            return lookUps.exists(user, caller.user(), from).thenApply(exists -> answer(user, exists));
        });
    }

    private HttpResponse answer(UserId user, boolean exists) {
        return HttpResponse.json(
                200,
                json.createObjectNode()
                        .put("userId", user.value())
                        .put("exists", exists)
                        .toString());
    }
}
