package io.webchat.socketio.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket and all that hangs on it. Knows Socket.IO and HTTP, nothing of chat.
 *
 * <p>It ends in three steps, so that the layer above can finish its work in between: {@link #stopAccepting}, then
 * {@link #endSessions}, then {@link #stop}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // event loops that stop are not waited for twice
public final class Transport {
    /**
     * What a transport is made of.
     *
     * @param address where it listens; port 0 lets the system choose
     * @param limits how much a client may send or leave waiting
     * @param timings how long it waits for what
     * @param origins which web pages may use it
     * @param tls the certificate and key; null for plain HTTP
     * @param routes the HTTP routes beside Socket.IO
     */
    public record Settings(
            InetSocketAddress address,
            Limits limits,
            Timings timings,
            OriginPolicy origins,
            @Nullable SslContext tls,
            List<Route> routes) {}

    private final Settings settings;
    private final LibraryEngine engine;
    private final EventLoopGroup acceptors = new NioEventLoopGroup(1, new DefaultThreadFactory("webchat-accept"));
    private final EventLoopGroup workers = new NioEventLoopGroup(0, new DefaultThreadFactory("webchat-io"));
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;
    private volatile boolean accepting = true;

    /**
     * Binds and starts; the constructor returns once connections are accepted.
     *
     * @param handlers makes the handler of each new connection, on its network thread
     * @throws UncheckedIOException when the address cannot be listened on
     */
    public Transport(Settings settings, Function<SocketConnection, SocketHandler> handlers) {
        this.settings = settings;
        this.engine = new LibraryEngine(settings.limits(), settings.timings(), handlers, settings.tls() != null);
        try {
            this.listening = listen(settings.address());
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private Channel listen(InetSocketAddress address) {
        ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            // Waiting with sync would throw the checked exception undeclared.
            throw new UncheckedIOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), new IOException(bound.cause()));
        }
        return bound.channel();
    }

    private ServerBootstrap bootstrap() {
        EngineRequests requests = new EngineRequests(engine.context(), () -> accepting);
        HttpRouter router = new HttpRouter(settings.routes(), settings.limits().maxBody());
        return new ServerBootstrap()
                .group(acceptors, workers)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelSetup(engine, requests, router, settings.origins(), settings.tls(), channels));
    }

    /** Returns the port that it listens on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    int sessionCount() {
        return engine.context().sessions().all().size();
    }

    @Nullable
    Session session(UUID id) {
        return engine.context().sessions().find(id);
    }

    /**
     * Takes no more connections, and on open ones no more handshakes; sessions go on.
     *
     * @return whether it took any before
     */
    public boolean stopAccepting() {
        if (!accepting) {
            return false;
        }
        accepting = false;
        listening.close().syncUninterruptibly();
        return true;
    }

    /** Ends every session, after what was emitted before. */
    public void endSessions() {
        engine.context().sessions().all().forEach(Session::endWhenSent);
    }

    /**
     * Ends the connections that serve nobody, waits for the others to end by themselves, then closes the rest and
     * frees every thread. Blocks until done.
     *
     * @param grace how long to wait for the others
     */
    public void stop(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        engine.context()
                .sessions()
                .whenEmpty()
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(HttpTurns.CLOSE_WHEN_IDLE));
        channels.newCloseFuture().awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        stop();
    }

    private void stop() {
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        engine.stop();
    }
}
