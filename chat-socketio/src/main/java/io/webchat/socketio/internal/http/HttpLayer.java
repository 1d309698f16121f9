package io.webchat.socketio.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** The HTTP half of a connection's pipeline: decoding, request bodies, pipelining, origins and routes. */
public final class HttpLayer {
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_CHUNK = 16 * 1024;

    /**
     * The settings of the layer.
     *
     * @param routes the HTTP routes of the host and of the REST API
     * @param origins the web origins that may send requests
     * @param maxRouteBody the largest body of a request to a route, in bytes
     * @param maxBody the largest sum of the bodies that wait for their turn on one connection, in bytes
     * @param idleTimeout the time for a request to arrive in full, and for a response to leave in full
     * @param bodyLimit the largest body of each request, in bytes, before any handler sees it
     */
    public record Settings(
            List<HttpRoute> routes,
            OriginPolicy origins,
            int maxRouteBody,
            int maxBody,
            Duration idleTimeout,
            ToIntFunction<HttpRequest> bodyLimit) {}

    private final Settings settings;
    private final ErrorResponder errors;
    private final HttpRouter router;

    /**
     * Makes the layer.
     *
     * @param errors makes the responses to requests that no route may see
     * @param handledElsewhere selects the requests that a later handler of the pipeline answers
     */
    public HttpLayer(Settings settings, ErrorResponder errors, Predicate<HttpRequest> handledElsewhere) {
        this.settings = settings;
        this.errors = errors;
        this.router = new HttpRouter(settings.routes(), settings.maxRouteBody(), handledElsewhere);
    }

    /** Adds the handlers of this layer to the pipeline of a new connection. */
    public void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("httpDecoder", new HttpRequestDecoder(MAX_LINE, MAX_HEADERS, MAX_CHUNK));
        // The encoder stands before the aggregator, so that the aggregator's refusals can be written.
        pipeline.addLast("httpEncoder", new HttpResponseEncoder());
        pipeline.addLast("requestBodies", new RequestBodyAggregator(settings.bodyLimit(), errors));
        pipeline.addLast("httpPipelining", new HttpPipelining(settings.idleTimeout(), settings.maxBody()));
        pipeline.addLast("origins", new OriginFilter(settings.origins(), errors));
        pipeline.addLast("routes", router);
    }

    /** Closes a connection once the request at hand, if there is one, is answered. Websockets stay open. */
    public static void closeWhenIdle(Channel channel) {
        channel.pipeline().fireUserEventTriggered(HttpPipelining.CLOSE_WHEN_IDLE);
    }
}
