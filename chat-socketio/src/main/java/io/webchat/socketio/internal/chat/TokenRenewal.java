package io.webchat.socketio.internal.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Renews the session of a connection when its client sends a new token with the event {@code auth}. */
final class TokenRenewal {
    static final String EVENT = "auth";

    private static final JsonFactory JSON = new JsonFactory();

    private final ConnectionRegistry registry;
    private final InetSocketAddress client;
    private final AtomicBoolean pending = new AtomicBoolean();

    TokenRenewal(ConnectionRegistry registry, InetSocketAddress client) {
        this.registry = registry;
        this.client = client;
    }

    /**
     * Renews the session. One renewal at a time, because each one costs the authenticator a check.
     *
     * @param json the argument of the event: {@code {"token":"…"}}
     * @return fails with a {@link ChatException}
     * @throws ChatException when the argument is malformed or another renewal has not ended
     */
    CompletionStage<Void> renew(ChatSession session, byte[] json) {
        String token = token(json);
        if (!pending.compareAndSet(false, true)) {
            throw new ChatException(ErrorCode.RATE_LIMITED, "another token is being checked");
        }
        return registry.authenticate(token, client)
                .thenCompose(session::renew)
                .whenComplete((done, failure) -> pending.set(false));
    }

    private static String token(byte[] json) {
        String token = null;
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals("token");
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (named && text) {
                    token = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the argument is not a JSON object", e);
        }
        return required(token);
    }

    private static String required(@Nullable String token) {
        if (token == null) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "token is missing");
        }
        return token;
    }
}
