package io.webchat.socketio.http;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A handler that takes the body of a request in pieces, so that a large body is never in memory as a whole.
 *
 * <p>{@code SocketIoServer} streams the requests to exactly the path of its route. The body has no limit but the
 * handler's own. The server reads it as fast as the sink takes it. A client that sends less than {@link
 * #bytesPerSecond} gets 408. For a request below the path, or with an encoded path, the server calls {@link #handle} as
 * for every handler.
 */
public interface StreamingHandler extends HttpHandler {
    /** The least pace of a body, unless the handler wants another: slower than any mobile network. */
    int BYTES_PER_SECOND = 4 * 1024;

    /**
     * Returns the pace that a body needs in its next period of 30 s, in bytes per second. Called on a network thread at
     * the beginning of each period; it must not block.
     */
    default int bytesPerSecond() {
        return BYTES_PER_SECOND;
    }

    /**
     * Decides about a request before its body is read. Called on a network thread; it must not block.
     *
     * @param request the request without its body
     * @param length the length of the body, if the client tells it
     * @return the sink of the body, on any thread. A failure refuses the request. If the client leaves meanwhile, the
     *     sink is aborted
     */
    CompletionStage<BodySink> begin(HttpRequest request, OptionalLong length);

    /**
     * Returns the response to a request that this handler or its sink has failed. It must not throw, and its body is in
     * memory.
     */
    HttpResponse failed(HttpRequest request, Throwable failure);
}
