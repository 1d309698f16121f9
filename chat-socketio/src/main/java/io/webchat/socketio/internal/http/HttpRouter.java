package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import io.webchat.socketio.http.ResponseBody;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to the matching route with the longest path. Without such a route it answers with a problem. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // the continuation is the end of the line
final class HttpRouter extends ChannelInboundHandlerAdapter implements RequestOnlyHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRouter.class);

    private final RouteTable routes;
    private final LogThrottle warnings = new LogThrottle();
    private final int maxBody;
    private final Duration patience;
    private final Predicate<io.netty.handler.codec.http.HttpRequest> handledElsewhere;

    /**
     * Makes a router.
     *
     * @param maxBody the largest body of a request, in bytes
     * @param patience the longest time in which a client takes nothing of a response in pieces
     * @param handledElsewhere selects the requests that a later handler answers
     */
    HttpRouter(
            RouteTable routes,
            int maxBody,
            Duration patience,
            Predicate<io.netty.handler.codec.http.HttpRequest> handledElsewhere) {
        this.routes = routes;
        this.maxBody = maxBody;
        this.patience = patience;
        this.handledElsewhere = handledElsewhere;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request) || handledElsewhere.test(request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        boolean head = request.method().equals(HttpMethod.HEAD);
        ParsedRequest parsed;
        try {
            parsed = ParsedRequest.of(ctx, request, maxBody);
        } finally {
            request.release();
        }
        String id = parsed.request().id();
        answer(parsed).whenComplete((response, failure) -> {
            if (response == null) {
                warn("The route failed to answer request {}; answering 500", id, failure);
            }
            // The handler may complete on any thread. The channel's event loop does the write.
            if (response == null) {
                ChannelWrites.send(ctx, failed(id, head));
            } else if (response.stream().isPresent()) {
                stream(ctx, response, response.stream().get(), id, head);
            } else {
                ChannelWrites.send(ctx, written(response, id, head));
            }
        });
    }

    private void stream(ChannelHandlerContext ctx, HttpResponse response, ResponseBody body, String id, boolean head) {
        io.netty.handler.codec.http.HttpResponse written;
        try {
            written = head ? NettyResponses.of(response, true) : NettyResponses.headOf(response);
        } catch (RuntimeException e) {
            written = malformed(id, head, e);
        }
        if (written instanceof FullHttpResponse) {
            body.close();
            ChannelWrites.send(ctx, written);
        } else {
            new ResponseStream(ctx, body, id, patience).send(written);
        }
    }

    private FullHttpResponse written(HttpResponse response, String id, boolean head) {
        try {
            return NettyResponses.of(response, head);
        } catch (RuntimeException e) {
            return malformed(id, head, e);
        }
    }

    /** The status or a header field is malformed. A handler may have copied line ends from the request. */
    private FullHttpResponse malformed(String id, boolean head, RuntimeException failure) {
        warn("The response to request {} has an invalid status or header; answering 500", id, failure);
        return failed(id, head);
    }

    private void warn(String sentence, String id, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Failures.unwrap(failure);
        if (warnings.permits()) {
            LOG.warn(sentence, id, cause);
        } else {
            LOG.debug(sentence, id, cause);
        }
    }

    private static FullHttpResponse failed(String id, boolean head) {
        return NettyResponses.of(Problem.of(500, "internal", "The server failed to answer.", id), head);
    }

    private CompletionStage<HttpResponse> answer(ParsedRequest parsed) {
        if (parsed.refusal() != null) {
            return CompletableFuture.completedStage(parsed.refusal());
        }
        HttpRequest request = parsed.request();
        List<HttpRoute> covering = routes.covering(request.path());
        for (HttpRoute route : covering) {
            if (route.answers(request.method())) {
                return handled(route.handler(), request);
            }
        }
        return CompletableFuture.completedStage(unanswered(covering, request.id()));
    }

    private static CompletionStage<HttpResponse> handled(HttpHandler handler, HttpRequest request) {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static HttpResponse unanswered(List<HttpRoute> covering, String id) {
        if (covering.isEmpty()) {
            return Problem.of(404, "not_found", "There is nothing at this path.", id);
        }
        String methods = covering.stream()
                .map(HttpRoute::method)
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .distinct()
                .collect(Collectors.joining(", "));
        return Problem.of(405, "bad_request", "This path does not take that method.", id)
                .withHeader("Allow", methods);
    }
}
