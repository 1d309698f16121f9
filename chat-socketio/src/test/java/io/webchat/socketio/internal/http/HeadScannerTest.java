package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G13: folded lines are found wherever a head is cut into packets, and nothing else is taken for one. */
class HeadScannerTest {
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
    })
    void aFoldedLineIsRefused(String text, boolean folded) {
        byte[] bytes = text.replace("|", "\r\n").replace("~", "\n").getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= bytes.length; cut++) {
            EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
            channel.writeInbound(part(bytes, 0, cut), part(bytes, cut, bytes.length));

            assertThat(isRefused(channel)).as("cut at " + cut).isEqualTo(folded);
            channel.finishAndReleaseAll();
        }
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
