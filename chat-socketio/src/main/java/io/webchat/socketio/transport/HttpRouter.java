package io.webchat.socketio.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests that are not Engine.IO's: by the route with the longest prefix, or with a problem. */
@Sharable
final class HttpRouter extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRouter.class);

    private final List<Route> routes;
    private final int maxBody;

    HttpRouter(List<Route> routes, int maxBody) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> -route.prefix().length()))
                .toList();
        this.maxBody = maxBody;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request) || EngineQuery.concerns(request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        boolean head = request.method().equals(HttpMethod.HEAD);
        CompletionStage<HttpResponse> answer;
        try {
            answer = answer(ctx, request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        } finally {
            request.release();
        }
        Stages.whenDone(answer, (response, failure) -> reply(ctx, head, response, failure));
    }

    private CompletionStage<HttpResponse> answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.content().readableBytes() > maxBody) {
            return CompletableFuture.completedStage(Problem.of(413, "too_large", "The request's body is too large."));
        }
        HttpRequest asked;
        try {
            asked = convert(ctx, request);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(
                    Problem.of(400, "bad_request", "The request's target is malformed."));
        }
        List<Route> covering =
                routes.stream().filter(route -> route.covers(asked.path())).toList();
        for (Route route : covering) {
            if (route.answers(asked.method())) {
                return route.handler().handle(asked);
            }
        }
        return CompletableFuture.completedStage(unanswered(covering));
    }

    private static HttpResponse unanswered(List<Route> covering) {
        if (covering.isEmpty()) {
            return Problem.of(404, "not_found", "There is nothing at this path.");
        }
        String methods = covering.stream().map(Route::method).distinct().collect(Collectors.joining(", "));
        return Problem.of(405, "bad_request", "This path does not take that method.")
                .withHeader("Allow", methods);
    }

    private static HttpRequest convert(ChannelHandlerContext ctx, FullHttpRequest request) {
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        Map<String, List<String>> headers = new HashMap<>();
        request.headers()
                .names()
                .forEach(name -> headers.put(name, request.headers().getAll(name)));
        return new HttpRequest(
                request.method().name(),
                target.path(),
                target.parameters(),
                headers,
                ByteBufUtil.getBytes(request.content()),
                (InetSocketAddress) ctx.channel().remoteAddress());
    }

    private static void reply(
            ChannelHandlerContext ctx, boolean head, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (response == null) {
            LOG.warn("A request could not be answered", failure);
        }
        HttpResponse sent = response == null ? Problem.of(500, "internal", "The server failed to answer.") : response;
        // One write from wherever the handler completed: the channel's loop takes it in order.
        Channels.send(ctx, encode(sent, head));
    }

    private static FullHttpResponse encode(HttpResponse response, boolean head) {
        byte[] body = head ? new byte[0] : response.body();
        FullHttpResponse encoded = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), Unpooled.wrappedBuffer(body));
        encoded.headers().set("X-Content-Type-Options", "nosniff");
        response.headers().forEach(encoded.headers()::set);
        if (response.status() != 204 && response.status() != 304) {
            encoded.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        return encoded;
    }
}
