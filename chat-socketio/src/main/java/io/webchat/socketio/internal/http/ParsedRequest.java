package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request in the form for handlers.
 *
 * @param request the request; without path, query and body if it is refused
 * @param refusal the response to a request that no handler may see; null if a handler answers
 */
record ParsedRequest(HttpRequest request, @Nullable HttpResponse refusal) {
    static ParsedRequest of(ChannelHandlerContext ctx, FullHttpRequest from, int maxBody) {
        return from.content().readableBytes() > maxBody
                ? refused(ctx, from, 413, "too_large", "The request's body is too large.")
                : of(ctx, from, ByteBufUtil.getBytes(from.content()));
    }

    /** Parses a request without its body. */
    static ParsedRequest ofHead(ChannelHandlerContext ctx, io.netty.handler.codec.http.HttpRequest from) {
        return of(ctx, from, new byte[0]);
    }

    private static ParsedRequest of(
            ChannelHandlerContext ctx, io.netty.handler.codec.http.HttpRequest from, byte[] body) {
        try {
            QueryStringDecoder target = new QueryStringDecoder(from.uri());
            // A decoded %2f looks like a real slash, so that the request could reach another path.
            if (target.rawPath().toLowerCase(Locale.ROOT).contains("%2f")) {
                return refused(ctx, from, 404, "not_found", "There is nothing at this path.");
            }
            return new ParsedRequest(request(ctx, from, target.path(), target.parameters(), body), null);
        } catch (IllegalArgumentException e) {
            return refused(ctx, from, 400, "bad_request", "The request's target is malformed.");
        }
    }

    private static ParsedRequest refused(
            ChannelHandlerContext ctx,
            io.netty.handler.codec.http.HttpRequest from,
            int status,
            String code,
            String detail) {
        HttpRequest bare = request(ctx, from, "/", Map.of(), new byte[0]);
        return new ParsedRequest(bare, Problem.of(status, code, detail, bare.id()));
    }

    private static HttpRequest request(
            ChannelHandlerContext ctx,
            io.netty.handler.codec.http.HttpRequest from,
            String path,
            Map<String, List<String>> query,
            byte[] body) {
        // One pass: a look-up per name would take quadratic time for names that differ in case only.
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        from.headers()
                .iteratorAsString()
                .forEachRemaining(field -> headers.computeIfAbsent(field.getKey(), name -> new ArrayList<>(1))
                        .add(field.getValue()));
        return new HttpRequest(from.method().name(), path, query, headers, body, ClientAddress.of(ctx.channel()));
    }
}
