package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HttpPipeliningTest {
    private static FullHttpRequest request(String path) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    }

    @Test
    void leavesAConnectionThatBecomesAWebsocketAndKeepsNothingThatWaited() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new HttpPipelining(Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000));
        FullHttpRequest upgrade = request("/socket.io/");
        FullHttpRequest behind = request("/");
        channel.writeInbound(upgrade, behind);
        assertThat(channel.<FullHttpRequest>readInbound()).isSameAs(upgrade);
        assertThat(behind.refCnt()).isPositive();

        channel.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));

        assertThat(channel.pipeline().get(HttpPipelining.class)).isNull();
        assertThat(behind.refCnt()).isZero();
        channel.writeInbound("a frame");
        assertThat(channel.<String>readInbound()).isEqualTo("a frame");
        upgrade.release();
        channel.finishAndReleaseAll();
    }
}
