package io.webchat.socketio.internal.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.webchat.socketio.internal.engineio.EngineIoLayer;
import io.webchat.socketio.internal.http.HttpLayer;
import io.webchat.socketio.internal.http.PeerFaults;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of an accepted connection. */
final class PipelineInitializer extends ChannelInitializer<Channel> {
    private final HttpLayer http;
    private final EngineIoLayer engineIo;
    private final @Nullable SslContext tls;
    private final ChannelGroup channels;
    private final ConnectionFailureHandler failures;

    PipelineInitializer(
            HttpLayer http,
            EngineIoLayer engineIo,
            @Nullable SslContext tls,
            ChannelGroup channels,
            PeerFaults faults) {
        this.http = http;
        this.engineIo = engineIo;
        this.tls = tls;
        this.channels = channels;
        this.failures = new ConnectionFailureHandler(faults);
    }

    @Override
    protected void initChannel(Channel channel) {
        channels.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast("tls", tls.newHandler(channel.alloc()));
        }
        http.addTo(pipeline);
        engineIo.addTo(pipeline);
        pipeline.addLast("failures", failures);
    }
}
