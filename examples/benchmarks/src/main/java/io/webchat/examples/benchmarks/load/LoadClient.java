package io.webchat.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO client (Engine.IO 4, websocket) that costs as little as it can: it knows only the frames that a chat
 * server sends, parses no JSON and answers nobody but the server's pings by itself. Belongs to its channel's event
 * loop; {@link #close} may be called by any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class LoadClient extends ByteToMessageDecoder {
    /** Receives the server's packets. Called on the event loop. */
    interface Listener {
        /** A Socket.IO event arrived. Its parts are valid only during the call. */
        void event(LoadClient client, Text text);

        /** The server acknowledged the event that was sent under this id. */
        void acknowledged(LoadClient client, long ackId, Text text);

        /** The connection ended, and nobody here had asked for it. */
        void lost(LoadClient client, String why);
    }

    private static final String UPGRADE = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    private enum Stage {
        UPGRADING,
        OPENING,
        CONNECTED,
        CLOSED
    }

    private final int index;
    private final String user;
    private final Listener listener;
    private final Text text = new Text();
    private final CompletableFuture<LoadClient> connected = new CompletableFuture<>();
    private Stage stage = Stage.UPGRADING;
    private volatile @Nullable ChannelHandlerContext context;
    private long acks;

    LoadClient(int index, String user, Listener listener) {
        this.index = index;
        this.user = user;
        this.listener = listener;
    }

    int index() {
        return index;
    }

    String user() {
        return user;
    }

    /** Completes when the server has admitted the client. */
    CompletableFuture<LoadClient> connected() {
        return connected;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ByteBuf bytes = ctx.alloc().buffer(UPGRADE.length());
        bytes.writeCharSequence(UPGRADE, StandardCharsets.US_ASCII);
        ctx.writeAndFlush(bytes, ctx.voidPromise());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (stage == Stage.UPGRADING) {
            upgrade(in);
        }
        while (stage != Stage.UPGRADING && stage != Stage.CLOSED && frame(in)) {
            // One frame after the other.
        }
    }

    private void upgrade(ByteBuf in) {
        int end = Frames.endOfHead(in);
        if (end < 0) {
            return;
        }
        String head = in.readCharSequence(end - in.readerIndex(), StandardCharsets.US_ASCII)
                .toString();
        if (head.startsWith("HTTP/1.1 101")) {
            stage = Stage.OPENING;
        } else {
            fail("no upgrade: " + head.lines().findFirst().orElse(""));
        }
    }

    private boolean frame(ByteBuf in) {
        int opcode = Frames.next(in, text);
        if (opcode == Frames.TEXT) {
            packet();
        } else if (opcode == Frames.CLOSE) {
            fail("the server closed the websocket");
        }
        return opcode != Frames.INCOMPLETE;
    }

    private void packet() {
        if (text.startsWith("42")) {
            listener.event(this, text);
        } else if (text.startsWith("43")) {
            listener.acknowledged(this, text.numberAt(2), text);
        } else if (text.startsWith("2")) {
            send("3");
        } else if (text.startsWith("0")) {
            send("40{\"token\":\"" + user + "\"}");
        } else if (text.startsWith("40")) {
            stage = Stage.CONNECTED;
            connected.complete(this);
        } else {
            fail("the server said " + text);
        }
    }

    /** Writes a packet. It is flushed by the next {@link #flush}, or at the end of the current read. */
    void write(byte[]... parts) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.write(Frames.masked(ctx.alloc(), parts), ctx.voidPromise());
        }
    }

    void flush() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.flush();
        }
    }

    private void send(String packet) {
        write(packet.getBytes(StandardCharsets.US_ASCII));
    }

    /** The id for the next event that is to be acknowledged: 0, 1, 2 … as clients count. */
    long nextAck() {
        return acks++;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        ctx.flush();
        super.channelReadComplete(ctx);
    }

    /** Ends the connection; the listener hears nothing of it. */
    void close() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.executor().execute(() -> {
                stage = Stage.CLOSED;
                ctx.close();
            });
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        fail("the connection ended");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(String.valueOf(cause));
    }

    private void fail(String why) {
        if (stage == Stage.CLOSED) {
            return;
        }
        boolean known = stage == Stage.CONNECTED;
        stage = Stage.CLOSED;
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.close();
        }
        if (known) {
            listener.lost(this, why);
        } else {
            connected.completeExceptionally(new IllegalStateException(user + ": " + why));
        }
    }
}
