package io.webchat.socketio.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.socketio.http.ResponseBody;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a response whose body comes in pieces: the next one is read when the socket has taken the one before. A client
 * that takes them too slowly is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails only with the connection, which the last one notices
final class ResponseStream {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseStream.class);
    private static final LogThrottle WARNINGS = new LogThrottle();
    private static final int PIECE = 64 * 1024;

    private final ChannelHandlerContext ctx;
    private final ResponseBody body;
    private final String requestId;
    private final ResponsePace pace;
    private long position;

    /**
     * Makes the state of a response; {@link #send} begins.
     *
     * @param patience the longest time in which the client takes nothing
     */
    ResponseStream(ChannelHandlerContext ctx, ResponseBody body, String requestId, Duration patience) {
        this.ctx = ctx;
        this.body = body;
        this.requestId = requestId;
        this.pace = new ResponsePace(ctx.executor(), patience, this::tooSlow);
    }

    /** Sends head and body, and closes the body in the end. */
    void send(HttpResponse head) {
        onLoop(() -> {
            ctx.write(head);
            if (body.length() == 0) {
                write(LastHttpContent.EMPTY_LAST_CONTENT);
            } else {
                readNext();
            }
        });
    }

    private void onLoop(Runnable task) {
        try {
            ctx.executor().execute(task);
        } catch (RejectedExecutionException e) {
            // The server has stopped, and the connection with it.
            body.close();
        }
    }

    private void readNext() {
        CompletionStage<ByteBuffer> piece;
        try {
            piece = body.read(position, (int) Math.min(PIECE, body.length() - position));
        } catch (RuntimeException e) {
            breakOff(e);
            return;
        }
        var unused = piece.whenComplete((bytes, failure) -> onLoop(() -> {
            if (failure != null) {
                breakOff(failure);
            } else if (!bytes.hasRemaining()) {
                breakOff(new EOFException("the body ends at " + position + " of " + body.length() + " bytes"));
            } else {
                write(content(bytes));
            }
        }));
    }

    private HttpContent content(ByteBuffer bytes) {
        position += bytes.remaining();
        return position < body.length()
                ? new DefaultHttpContent(Unpooled.wrappedBuffer(bytes))
                : new DefaultLastHttpContent(Unpooled.wrappedBuffer(bytes));
    }

    private void write(HttpContent content) {
        int bytes = content.content().readableBytes();
        pace.offered();
        ctx.writeAndFlush(content).addListener(written -> {
            pace.taken(bytes);
            written(written, content instanceof LastHttpContent);
        });
    }

    /** Closes the connection, which fails the write that is under way. */
    private void tooSlow() {
        LOG.debug("The client takes the response to request {} too slowly", requestId);
        ChannelWrites.close(ctx);
    }

    private void written(Future<?> result, boolean last) {
        if (last || !result.isSuccess()) {
            // Without success the connection has ended.
            body.close();
        } else {
            readNext();
        }
    }

    /** Ends the connection, because the head has announced more bytes than will come. */
    private void breakOff(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (WARNINGS.permits()) {
            LOG.warn("The body of the response to request {} broke off", requestId, cause);
        } else {
            LOG.debug("The body of the response to request {} broke off", requestId, cause);
        }
        body.close();
        ChannelWrites.close(ctx);
    }
}
