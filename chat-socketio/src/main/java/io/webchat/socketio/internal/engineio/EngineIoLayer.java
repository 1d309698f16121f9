package io.webchat.socketio.internal.engineio;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The Engine.IO half of a connection's pipeline, and all Engine.IO sessions of a server. */
public final class EngineIoLayer {
    private final EngineIoContext context;
    private final EngineIoRequestHandler requests;

    /**
     * Makes the layer.
     *
     * @param handlers makes the message handler of each new session
     * @param accepting tells whether new sessions may begin
     */
    public EngineIoLayer(
            TransportLimits limits,
            TransportTimeouts timeouts,
            EngineIoMessageHandler.Factory handlers,
            BooleanSupplier accepting) {
        this.context = new EngineIoContext(limits, timeouts, handlers, new EngineIoSessions());
        this.requests = new EngineIoRequestHandler(context, accepting);
    }

    /** Adds the handler of this layer to the pipeline of a new connection. */
    public void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("engineIoRequests", requests);
    }

    /** Tells whether this layer answers a request. */
    public static boolean answers(HttpRequest request) {
        return EngineIoQuery.concerns(request);
    }

    /**
     * Returns the largest body that a request may have, in bytes. Only a client that has authenticated may send much,
     * and only to its session.
     */
    public int maxBody(HttpRequest request) {
        if (!EngineIoQuery.concerns(request)) {
            return context.limits().maxHttpBody();
        }
        UUID id = EngineIoQuery.sessionIdOf(request);
        return context.limits().maxBody(id == null ? null : context.sessions().find(id));
    }

    /** Returns the number of open sessions. */
    public int sessionCount() {
        return context.sessions().size();
    }

    /** Returns the session with this id; null if there is none. */
    public @Nullable EngineIoSession session(UUID id) {
        return context.sessions().find(id);
    }

    /** Ends every session, after the packets that were sent before. */
    public void endSessions() {
        context.sessions().all().forEach(EngineIoSession::endWhenSent);
    }

    /** Returns a stage that completes when no session is left. Call it once, when no new session can begin. */
    public CompletableFuture<Void> whenEmpty() {
        return context.sessions().whenEmpty();
    }
}
