package io.webchat.examples.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.ChatException;
import io.webchat.core.UserId;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code POST /v1/login}: signs demo users in with a name and a number, as the original did; the number is
 * the user id. Who comes first with a number gives it its name, and later only that name gets in: enough
 * that nobody becomes somebody else by a typing error, and no protection against anyone who means harm.
 */
final class SignIn implements HttpHandler {
    private static final int MAX_USERS = 100_000;
    private static final int MAX_NAME = 80;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<UserId, String> names = new ConcurrentHashMap<>();
    private final Tokens tokens;

    SignIn(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedFuture(answer(request));
    }

    private HttpResponse answer(HttpRequest request) {
        try {
            JsonNode body = json.readTree(request.body());
            return signIn(text(body, "name"), text(body, "number"));
        } catch (ChatException e) {
            return Problem.of(400, "bad_request", "number: digits and letters, 128 at most");
        } catch (IOException e) {
            return Problem.of(400, "bad_request", "the body must be a JSON object with name and number");
        }
    }

    /** The text without blanks at its ends; empty where there is none. */
    private static String text(JsonNode body, String field) {
        return body.path(field).asText("").strip();
    }

    private HttpResponse signIn(String name, String number) throws JsonProcessingException {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return Problem.of(400, "bad_request", "name: 1 to " + MAX_NAME + " characters");
        }
        UserId user = UserId.of(plain(number));
        if (names.size() >= MAX_USERS && !names.containsKey(user)) {
            return Problem.of(503, "unavailable", "this demo server has as many users as it takes");
        }
        String known = names.computeIfAbsent(user, any -> name);
        if (!known.equalsIgnoreCase(name)) {
            return Problem.of(403, "forbidden", "this number belongs to another name");
        }
        Tokens.Issued issued = tokens.issue(user);
        ObjectNode answer = json.createObjectNode()
                .put("token", issued.token())
                .put("user", user.value())
                .put("name", known)
                .put("expiresAt", issued.expiresAt().toString());
        return HttpResponse.json(200, json.writeValueAsString(answer)).withHeader("Cache-Control", "no-store");
    }

    /** The number as people write it, without what they write between the digits. */
    private static String plain(String number) {
        return number.replaceAll("[\\s()+-]", "");
    }
}
