package io.webchat.socketio.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** The HTTP half of a connection's pipeline: decoding, pipelining, checks, request bodies and routes. */
public final class HttpLayer {
    /**
     * The settings of the layer.
     *
     * @param routes the HTTP routes of the host and of the REST API
     * @param access the rules about sender and target of a request
     * @param maxRouteBody the largest body of a request to a route, in bytes
     * @param maxBody the largest sum of the bodies that wait for their turn on one connection, in bytes
     * @param idleTimeout the time for a request to arrive in full, and for a response or a piece of it to leave
     * @param keepAliveTimeout the time until the next request begins
     * @param faults counts the faults of peers
     * @param bodyLimit the largest body of each request, in bytes
     */
    public record Settings(
            List<HttpRoute> routes,
            AccessPolicy access,
            int maxRouteBody,
            int maxBody,
            Duration idleTimeout,
            Duration keepAliveTimeout,
            PeerFaults faults,
            ToIntFunction<HttpRequest> bodyLimit) {}

    private final Settings settings;
    private final ErrorResponder errors;
    private final Predicate<HttpRequest> handledElsewhere;
    private final RouteTable routes;
    private final HttpRouter router;
    private final RefusedOriginLog refusedOrigins = new RefusedOriginLog();

    /**
     * Makes the layer.
     *
     * @param errors makes the responses to requests that no route may see
     * @param handledElsewhere selects the requests that a later handler of the pipeline answers
     */
    public HttpLayer(Settings settings, ErrorResponder errors, Predicate<HttpRequest> handledElsewhere) {
        this.settings = settings;
        this.errors = errors;
        this.handledElsewhere = handledElsewhere;
        this.routes = new RouteTable(settings.routes());
        this.router = new HttpRouter(routes, settings.maxRouteBody(), settings.idleTimeout(), handledElsewhere);
    }

    /** Adds the handlers of this layer to the pipeline of a new connection. */
    public void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("httpDecoder", new RequestDecoder());
        pipeline.addLast("httpEncoder", new HttpResponseEncoder());
        // Every response passes these two, whichever of the handlers behind them makes it.
        HttpPipelining pipelining =
                new HttpPipelining(settings.idleTimeout(), settings.keepAliveTimeout(), settings.maxBody());
        pipeline.addLast("httpPipelining", pipelining);
        // Browser clients of Socket.IO 1 and 2 send credentials with each of their requests.
        pipeline.addLast(
                "requestGate",
                new RequestGate(settings.access(), errors, handledElsewhere, settings.faults(), refusedOrigins));
        pipeline.addLast("streamedRequests", new StreamedRequests(routes, pipelining, settings.idleTimeout()));
        pipeline.addLast("requestBodies", new RequestBodyAggregator(settings.bodyLimit(), errors, settings.faults()));
        pipeline.addLast("routes", router);
    }

    /** Closes a connection once the request at hand, if there is one, is answered. Websockets stay open. */
    public static void closeWhenIdle(Channel channel) {
        channel.pipeline().fireUserEventTriggered(HttpPipelining.CLOSE_WHEN_IDLE);
    }
}
