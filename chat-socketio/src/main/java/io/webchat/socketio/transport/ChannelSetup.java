package io.webchat.socketio.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of an accepted connection. */
final class ChannelSetup extends ChannelInitializer<Channel> {
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_CHUNK = 16 * 1024;

    private final LibraryEngine engine;
    private final EngineRequests requests;
    private final HttpRouter router;
    private final OriginPolicy origins;
    private final @Nullable SslContext tls;
    private final ChannelGroup channels;
    private final PipelineEnd end = new PipelineEnd();

    ChannelSetup(
            LibraryEngine engine,
            EngineRequests requests,
            HttpRouter router,
            OriginPolicy origins,
            @Nullable SslContext tls,
            ChannelGroup channels) {
        this.engine = engine;
        this.requests = requests;
        this.router = router;
        this.origins = origins;
        this.tls = tls;
        this.channels = channels;
    }

    @Override
    protected void initChannel(Channel channel) {
        channels.add(channel);
        TransportContext context = engine.context();
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast("tls", tls.newHandler(channel.alloc()));
        }
        pipeline.addLast("httpDecoder", new HttpRequestDecoder(MAX_LINE, MAX_HEADERS, MAX_CHUNK));
        // Before the aggregator, so that its refusals can be written; the library has it the other way round.
        pipeline.addLast("httpEncoder", new HttpResponseEncoder());
        pipeline.addLast("httpBodies", new BodyAggregator(context.limits().maxHttpBody()));
        pipeline.addLast(
                "httpTurns",
                new HttpTurns(context.timings().httpIdle(), context.limits().maxHttpBody()));
        pipeline.addLast("origins", new OriginGate(origins));
        pipeline.addLast("routes", router);
        pipeline.addLast("engineRequests", requests);
        pipeline.addLast("packetGate", new PacketGate());
        engine.addTo(pipeline);
        pipeline.addLast("end", end);
    }
}
