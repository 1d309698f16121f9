package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: folded lines are found wherever heads and bodies are cut into packets, and nothing else is taken for one. */
class FoldedLineScannerTest {
    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1|a: b| c||, true",
        "GET / HTTP/1.1|a: b|\tc||, true",
        "GET / HTTP/1.1| c||, true",
        "|GET / HTTP/1.1|a: b| c||, true",
        "||GET / HTTP/1.1|a: b| c||, true",
        "GET / HTTP/1.1~a: b~ c~~, true",
        "GET / HTTP/1.1||GET / HTTP/1.1|a: b| c||, true",
        "POST / HTTP/1.1|content-length: 4||||  GET / HTTP/1.1|a: b| c||, true",
        "GET / HTTP/1.1|a: b||, false",
        "'  GET / HTTP/1.1|a: b||', false",
        "POST / HTTP/1.1|content-length: 10||a:b| c|dGET / HTTP/1.1||, false",
        "POST / HTTP/1.1|transfer-encoding: chunked||2| c|0||GET / HTTP/1.1||, false",
        "POST / HTTP/1.1|transfer-encoding: chunked||2| c|0|a: b|c: d||GET / HTTP/1.1|a: b||, false",
        "POST / HTTP/1.1|transfer-encoding: chunked||5|a| c|B;x= 1|0123| 5678|0||, false",
        "POST / HTTP/1.1|transfer-encoding: chunked||0|a: b| c||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||0| c||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||0~a: b~	c~~, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||000|a: b| c||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||2| c|0|a: b|c: d| e||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||2| c| 0 5;x=y|a: b| c||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||1;x=0|a|0;5|a: b| c||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||100000000|a: b| c||, true",
        "POST / HTTP/1.1|transfer-encoding: chunked||1|a|0||GET / HTTP/1.1|a: b| c||, true",
    })
    void aFoldedLineIsRefused(String text, boolean folded) {
        byte[] bytes = bytes(text);
        for (int cut = 0; cut <= bytes.length; cut++) {
            EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
            channel.writeInbound(part(bytes, 0, cut), part(bytes, cut, bytes.length));

            assertThat(isRefused(channel)).as("cut at " + cut).isEqualTo(folded);
            channel.finishAndReleaseAll();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|a: b|c: d||",
                "||GET / HTTP/1.1|a: b||",
                "POST / HTTP/1.1|content-length: 10||a:b| c|dGET / HTTP/1.1|a: b||",
                "POST / HTTP/1.1|transfer-encoding: chunked||5;x=y|a| c|f|0123456789| cd|0|a: b|c: d||GET / HTTP/1.1||",
            })
    void aHeadMayComeByteByByte(String text) {
        EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
        for (byte b : bytes(text)) {
            channel.writeInbound(Unpooled.copiedBuffer(new byte[] {b}));
        }

        assertThat(isRefused(channel)).isFalse();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 8_000})
    void eachByteIsLookedAtOnceHoweverManyReadsALineTakes(int step) {
        AtomicInteger looks = new AtomicInteger();
        byte[] bytes = bytes("GET / HTTP/1.1|a: " + "b".repeat(8_000));
        ByteBuf in = new CountingBuffer(bytes.length, looks);
        FoldedLineScanner scanner = new FoldedLineScanner();
        for (int at = 0; at < bytes.length; at += step) {
            in.writeBytes(bytes, at, Math.min(step, bytes.length - at));
            assertThat(scanner.hasFoldedLine(in)).isFalse();
        }

        assertThat(looks).hasValueLessThanOrEqualTo(bytes.length);
        in.release();
    }

    /** Counts the bytes that are read from it. */
    private static final class CountingBuffer extends UnpooledHeapByteBuf {
        private final AtomicInteger looks;

        CountingBuffer(int capacity, AtomicInteger looks) {
            super(UnpooledByteBufAllocator.DEFAULT, capacity, capacity);
            this.looks = looks;
        }

        @Override
        public byte getByte(int index) {
            looks.incrementAndGet();
            return super.getByte(index);
        }
    }

    private static byte[] bytes(String text) {
        return text.replace("|", "\r\n").replace("~", "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuf part(byte[] bytes, int from, int to) {
        return Unpooled.copiedBuffer(bytes, from, to - from);
    }

    private static boolean isRefused(EmbeddedChannel channel) {
        boolean refused = false;
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            refused |= ((HttpObject) part).decoderResult().isFailure();
        }
        return refused;
    }
}
