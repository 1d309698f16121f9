package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first look at every request and the last at every response.
 *
 * <p>It refuses requests that break the {@link RequestRules} and answers CORS preflight requests, before a body is
 * collected. It adds the request id and the CORS fields to every response, whichever handler makes it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class RequestGate extends ChannelDuplexHandler implements RequestOnlyHandler {
    /** The user event that tells later handlers that the body of the request at hand will not come. */
    static final Object BODY_REFUSED = new Object();

    private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);
    private static final String ID = io.webchat.socketio.http.HttpRequest.ID_FIELD;

    private final AccessPolicy access;
    private final RequestRules rules;
    private final ErrorResponder errors;
    private final Predicate<HttpRequest> credentials;
    private final PeerFaults faults;
    private final RefusedOriginLog refusedOrigins;
    private @Nullable HttpRequest current;
    private @Nullable FullHttpResponse early;
    private @Nullable String allowedOrigin;
    private String id = "";

    /**
     * Makes the gate of a connection.
     *
     * @param errors makes the responses to refused requests
     * @param credentials selects the requests with which browsers send credentials whatever the server allows
     * @param refusedOrigins the log of the whole server
     */
    RequestGate(
            AccessPolicy access,
            ErrorResponder errors,
            Predicate<HttpRequest> credentials,
            PeerFaults faults,
            RefusedOriginLog refusedOrigins) {
        this.access = access;
        this.rules = new RequestRules(access);
        this.errors = errors;
        this.credentials = credentials;
        this.faults = faults;
        this.refusedOrigins = refusedOrigins;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            begin(ctx, request);
        } else if (msg instanceof HttpContent content && early != null) {
            content.release();
            answerEarly(ctx);
        } else if (msg instanceof HttpContent content
                && current != null
                && content.decoderResult().isFailure()) {
            content.release();
            early = refused(ctx, current, Refusal.badRequest("The request's body is malformed."));
            ctx.fireUserEventTriggered(BODY_REFUSED);
            answerEarly(ctx);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        current = request;
        id = io.webchat.socketio.http.HttpRequest.idOf(request.headers().get(ID));
        request.headers().set(ID, id);
        InetSocketAddress peer = ClientAddress.peer(ctx.channel());
        if (peer != null) {
            ClientAddress.put(ctx.channel(), access.proxies().client(peer, request.headers()));
        }
        Refusal refusal = rules.check(request);
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        allowedOrigin = origin == null ? null : access.origins().allowHeader(origin, credentials.test(request));
        early = refusal != null ? refused(ctx, request, refusal) : withoutHandler(request);
        if (early == null) {
            ctx.fireChannelRead(request);
        } else if (request instanceof HttpContent
                || request.decoderResult().isFailure()
                || HttpUtil.is100ContinueExpected(request)) {
            ReferenceCountUtil.release(request);
            answerEarly(ctx);
        }
        // Otherwise the end of the request is near. An answer after it leaves the connection open.
    }

    private @Nullable FullHttpResponse withoutHandler(HttpRequest request) {
        if (CorsFields.isPreflight(request)) {
            return CorsFields.preflight(request);
        }
        if (!access.basePath().lacksSlash(request.uri())) {
            return null;
        }
        FullHttpResponse redirect = NettyResponses.empty(HttpResponseStatus.PERMANENT_REDIRECT.code());
        redirect.headers().set(HttpHeaderNames.LOCATION, access.basePath().prefix() + "/");
        return redirect;
    }

    private FullHttpResponse refused(ChannelHandlerContext ctx, HttpRequest request, Refusal refusal) {
        LOG.debug(
                "Refused request {} of {} with {}: {}",
                id,
                ClientAddress.describe(ctx.channel()),
                refusal.status(),
                refusal.detail());
        if (refusal.fault() != null) {
            faults.count(refusal.fault());
        }
        if (refusal.fault() == PeerFault.ORIGIN) {
            refusedOrigins.refused(request.headers().get(HttpHeaderNames.ORIGIN));
        }
        return errors.respond(request, refusal.status(), refusal.code(), refusal.detail());
    }

    private void answerEarly(ChannelHandlerContext ctx) {
        FullHttpResponse response = early;
        early = null;
        if (response != null) {
            write(ctx, response, ctx.newPromise());
            ctx.flush();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response && !response.status().equals(HttpResponseStatus.CONTINUE)) {
            response.headers().set(ID, id);
            CorsFields.add(response.headers(), allowedOrigin);
            current = null;
        }
        ctx.write(msg, promise);
    }

    /** Netty calls this also when the connection has ended. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(early);
        early = null;
    }
}
