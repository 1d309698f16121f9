package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.webchat.socketio.http.BodySink;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import io.webchat.socketio.http.StreamingHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request whose body goes to its handler in pieces. The connection is read only as fast as the handler takes the
 * body. Used on the event loop only.
 */
final class StreamedRequest {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedRequest.class);

    private enum Phase {
        /** The handler decides about the request. */
        BEGINNING,
        /** The sink waits for bytes. */
        READY,
        /** The sink takes bytes. */
        WRITING,
        /** The sink has the whole body and makes the response. */
        FINISHING,
        /** The request is answered or given up. */
        ENDED
    }

    private final ChannelHandlerContext ctx;
    private final StreamingHandler handler;
    private final HttpRequest request;
    private final boolean expectsContinue;
    private final BodyPace pace;
    private final WaitingBody waiting = new WaitingBody();
    private Phase phase = Phase.BEGINNING;
    private boolean complete;
    private @Nullable BodySink sink;

    /**
     * Makes the state of a request; {@link #begin} begins.
     *
     * @param period the time in which some bytes must arrive
     */
    StreamedRequest(
            ChannelHandlerContext ctx,
            StreamingHandler handler,
            HttpRequest request,
            boolean expectsContinue,
            Duration period) {
        this.ctx = ctx;
        this.handler = handler;
        this.request = request;
        this.expectsContinue = expectsContinue;
        this.pace = new BodyPace(ctx.executor(), period, handler::bytesPerSecond, this::refuseSlow);
    }

    void begin(OptionalLong length) {
        read(false);
        then(() -> handler.begin(request, length), this::begun);
    }

    private void begun(BodySink begun) {
        if (phase == Phase.ENDED) {
            begun.abort();
            return;
        }
        sink = begun;
        phase = Phase.READY;
        if (expectsContinue && !complete && waiting.isEmpty()) {
            ChannelWrites.send(ctx, NettyResponses.empty(100));
        }
        pace.start();
        advance();
    }

    /** Adds the next part of the body, and releases it. */
    void add(HttpContent part) {
        if (phase == Phase.ENDED) {
            part.release();
            return;
        }
        pace.arrived(part.content().readableBytes());
        complete |= part instanceof LastHttpContent;
        waiting.add(part.content());
        advance();
    }

    private void advance() {
        BodySink to = sink;
        if (phase == Phase.READY && to != null) {
            if (!waiting.isEmpty()) {
                phase = Phase.WRITING;
                ByteBuffer piece = waiting.take();
                then(() -> to.write(piece), done -> written());
            } else if (complete) {
                phase = Phase.FINISHING;
                pace.stop();
                then(to::finish, this::finished);
            }
        }
        read(phase != Phase.BEGINNING && !waiting.hasEnough());
    }

    private void written() {
        if (phase == Phase.ENDED) {
            abort();
        } else {
            phase = Phase.READY;
            advance();
        }
    }

    private void finished(HttpResponse response) {
        if (phase != Phase.ENDED) {
            end();
            ChannelWrites.send(ctx, NettyResponses.of(response, false));
        }
    }

    private void refuse(Throwable failure) {
        boolean given = phase == Phase.ENDED;
        end();
        abort();
        if (!given) {
            ChannelWrites.send(ctx, NettyResponses.of(handler.failed(request, failure), false));
        }
    }

    private void refuseSlow() {
        boolean writing = phase == Phase.WRITING;
        end();
        if (!writing) {
            abort();
        }
        LOG.debug("The body of request {} comes too slowly", request.id());
        ChannelWrites.send(
                ctx,
                NettyResponses.of(
                        Problem.of(408, "unavailable", "The request's body arrives too slowly.", request.id()), false));
    }

    /** Gives up, because the body will not come. A call that is being made is waited for. */
    void cancel() {
        boolean idle = phase == Phase.READY;
        end();
        if (idle) {
            abort();
        }
    }

    private void end() {
        phase = Phase.ENDED;
        pace.stop();
        waiting.clear();
        // Otherwise the end of the connection, and the next request, would not be noticed.
        read(true);
    }

    private void abort() {
        BodySink to = sink;
        sink = null;
        if (to != null) {
            to.abort();
        }
    }

    private void read(boolean on) {
        pace.setPaused(!on);
        ctx.channel().config().setAutoRead(on);
    }

    private <T> void then(Supplier<CompletionStage<T>> call, Consumer<T> next) {
        CompletionStage<T> stage;
        try {
            stage = call.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedStage(e);
        }
        var unused = stage.whenComplete((result, failure) -> ctx.executor().execute(() -> {
            if (failure != null) {
                refuse(failure);
            } else {
                next.accept(result);
            }
        }));
    }
}
