package io.webchat.socketio.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Takes the body of one request in pieces. The next call is made after the stage of the one before has completed, on a
 * network thread, so no call may block.
 */
public interface BodySink {
    /** Takes the next bytes, which belong to the sink. A failure ends the request. */
    CompletionStage<Void> write(ByteBuffer bytes);

    /** Takes the end of the body; returns the response, whose body is in memory. */
    CompletionStage<HttpResponse> finish();

    /**
     * Gives up: the body does not come, or came too late, or a call has failed. Called at most once, and last. A {@link
     * #finish} that succeeded is not followed by it.
     */
    void abort();
}
