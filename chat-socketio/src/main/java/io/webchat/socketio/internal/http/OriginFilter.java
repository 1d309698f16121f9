package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Checks the origin of every request (polling, websocket and routes) against the {@link OriginPolicy}. Answers CORS
 * preflight requests, and adds the CORS fields to responses.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class OriginFilter extends ChannelDuplexHandler implements RequestOnlyHandler {
    /** The header fields of a response that a page of another origin may read. */
    private static final String EXPOSED = "Allow, ETag, Location, Retry-After, WWW-Authenticate, X-Request-Id";

    private final OriginPolicy policy;
    private final ErrorResponder errors;
    private @Nullable String origin;

    OriginFilter(OriginPolicy policy, ErrorResponder errors) {
        this.policy = policy;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        HttpHeaders headers = request.headers();
        origin = headers.get(HttpHeaderNames.ORIGIN);
        if (headers.getAll(HttpHeaderNames.ORIGIN).size() > 1
                || !policy.permits(origin, headers.get(HttpHeaderNames.HOST))) {
            ChannelWrites.send(
                    ctx, errors.respond(request, 403, "forbidden", "Requests of this origin are not allowed."));
            request.release();
        } else if (isPreflight(request)) {
            request.release();
            write(ctx, preflight(), ctx.newPromise());
            ctx.flush();
        } else {
            ctx.fireChannelRead(request);
        }
    }

    private static boolean isPreflight(FullHttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ORIGIN)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static FullHttpResponse preflight() {
        FullHttpResponse response = NettyResponses.empty(204);
        response.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, DELETE")
                .set(
                        HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                        "Authorization, Content-Type, If-None-Match, X-Request-Id")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
        return response;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response) {
            allow(response.headers());
        }
        ctx.write(msg, promise);
    }

    private void allow(HttpHeaders headers) {
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        String allowed = origin == null ? null : policy.allowHeader(origin);
        if (allowed == null) {
            return;
        }
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        if (!allowed.equals("*")) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }
}
