package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.http.ResponseBody;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client takes a response in pieces at 4 KiB per second, with pauses of 30 s, or its connection ends. */
class ResponsePaceTest {
    private static final int PIECE = 64 * 1024;

    private final SlowClient client = new SlowClient();
    private final EmbeddedChannel channel = new EmbeddedChannel(client, new ChannelInboundHandlerAdapter());
    private final Body body = new Body();

    /** Takes each piece when the test says so. */
    private static final class SlowClient extends ChannelDuplexHandler {
        final Queue<ChannelPromise> offered = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof HttpContent) {
                offered.add(promise);
            } else {
                promise.setSuccess();
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
            super.close(ctx, promise);
            offered.forEach(each -> each.tryFailure(new ClosedChannelException()));
        }
    }

    /** Ten pieces, which are read when the test says so. */
    private static final class Body implements ResponseBody {
        CompletableFuture<Void> store = CompletableFuture.completedFuture(null);
        int closed;

        @Override
        public long length() {
            return 10L * PIECE;
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            return store.thenApply(there -> ByteBuffer.allocate(length));
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @BeforeEach
    void send() {
        channel.freezeTime();
        new ResponseStream(channel.pipeline().lastContext(), body, "id", Duration.ofSeconds(30))
                .send(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        channel.runPendingTasks();
    }

    @AfterEach
    void close() {
        var unused = channel.close();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    private void takePiece() {
        Objects.requireNonNull(client.offered.poll()).setSuccess();
        channel.runPendingTasks();
    }

    private void assertGoesOn() {
        assertThat(channel.isOpen()).isTrue();
        assertThat(body.closed).isZero();
    }

    @Test
    void G13_aClientThatTakesAPieceEach25SecondsIsClosed() {
        pass(25);
        takePiece();
        pass(20);
        assertGoesOn();
        pass(2);

        assertThat(channel.isOpen()).isFalse();
        assertThat(body.closed).isEqualTo(1);
    }

    @Test
    void aClientAtThePaceGetsTheWholeBody() {
        for (int i = 0; i < 9; i++) {
            pass(16);
            takePiece();
            assertGoesOn();
        }
        pass(29);
        takePiece();

        assertThat(channel.isOpen()).isTrue();
        assertThat(body.closed).isEqualTo(1);
        pass(60);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void theTimeInWhichTheServerReadsDoesNotCount() {
        body.store = new CompletableFuture<>();
        takePiece();
        pass(60);
        assertGoesOn();
        body.store.complete(null);
        channel.runPendingTasks();
        pass(29);
        takePiece();
        assertGoesOn();
    }
}
