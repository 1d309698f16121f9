package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;

/** Decodes requests within limits, and tells {@link HttpPipelining} when bytes of the client arrive. */
final class RequestDecoder extends HttpRequestDecoder {
    /** The longest target of a request, in bytes. */
    static final int MAX_TARGET = 8 * 1024;
    /** The largest number of header fields. Browsers behind two proxies send about 30. */
    static final int MAX_FIELDS = 100;

    // Twice the longest target, so that the refusal of a longer one knows the request's header fields.
    private static final int MAX_LINE = 2 * MAX_TARGET;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_CHUNK = 16 * 1024;

    private final FoldedLineScanner scanner = new FoldedLineScanner();
    private boolean inHead = true;
    private boolean refused;

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_CHUNK)
                .setHeadersFactory(new FewFields())
                .setTrailersFactory(new FewFields()));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!refused && scanner.hasFoldedLine(in)) {
            refused = true;
            out.add(foldedLine());
        }
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int before = out.size();
        int begin = in.readerIndex();
        super.decode(ctx, in, out);
        scanner.taken(in.readerIndex() - begin);
        out.subList(before, out.size()).forEach(this::follow);
    }

    /** What stands for a head, or for the end of a body, with a folded line. */
    private HttpObject foldedLine() {
        HttpObject invalid =
                inHead ? createInvalidMessage() : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, new FewFields());
        invalid.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("folded header line")));
        return invalid;
    }

    private void follow(Object decoded) {
        if (decoded instanceof LastHttpContent) {
            inHead = true;
            scanner.reset();
        } else if (decoded instanceof HttpRequest request) {
            inHead = false;
            if (HttpUtil.isTransferEncodingChunked(request)) {
                scanner.beginChunks();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        ctx.fireUserEventTriggered(HttpPipelining.INPUT);
        super.channelRead(ctx, msg);
    }

    private static final class FewFields implements HttpHeadersFactory {
        @Override
        public HttpHeaders newHeaders() {
            return new LimitedHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new LimitedHeaders();
        }
    }

    /** Refuses the field after the last permitted one: a look-up costs time for each field whose name hashes alike. */
    private static final class LimitedHeaders extends DefaultHttpHeaders {
        private int fields;

        @Override
        public HttpHeaders add(CharSequence name, Object value) {
            if (++fields > MAX_FIELDS) {
                throw new TooLongHttpHeaderException("more than " + MAX_FIELDS + " header fields");
            }
            return super.add(name, value);
        }
    }
}
