package io.webchat.socketio.internal.rest;

import io.webchat.socketio.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * One operation of the REST API. Every failure, thrown or through the stage, becomes a problem. A {@link
 * io.webchat.core.ChatException} gives its code to the problem.
 */
@FunctionalInterface
interface RestOperation {
    CompletionStage<HttpResponse> run(RestCall call);
}
