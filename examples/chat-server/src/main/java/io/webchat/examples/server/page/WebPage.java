package io.webchat.examples.server.page;

import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * Files of the web client, with the headers that keep a page to itself: nothing inline, no frames, and nothing from
 * elsewhere. Pictures of messages are objects of the page ({@code blob:}): the server gives them only to requests with
 * a token, which no address of a picture may have. Pictures of people are part of their profiles ({@code data:}).
 */
public final class WebPage implements HttpHandler {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
                    + " connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final HttpHandler files = new PageFiles();

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return files.handle(request)
                .thenApply(response -> response.withHeader("Content-Security-Policy", POLICY)
                        .withHeader("Referrer-Policy", "no-referrer")
                        .withHeader("Cross-Origin-Opener-Policy", "same-origin"));
    }
}
