package io.webchat.socketio.internal.rest;

import io.webchat.socketio.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * One thing that a user can ask for. Failures, thrown or through the stage, become problems; a {@link
 * io.webchat.core.ChatException} one of its own code.
 */
@FunctionalInterface
interface RestOperation {
    CompletionStage<HttpResponse> run(RestCall call);
}
