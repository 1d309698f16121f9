package io.webchat.socketio.internal.server;

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
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.webchat.socketio.internal.engineio.EngineIoErrorResponder;
import io.webchat.socketio.internal.engineio.EngineIoLayer;
import io.webchat.socketio.internal.engineio.EngineIoSession;
import io.webchat.socketio.internal.engineio.TransportLimits;
import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.internal.http.HttpLayer;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.internal.http.PeerFaults;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.internal.socketio.SocketIoHandler;
import io.webchat.socketio.internal.socketio.SocketIoProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket with its connections and sessions. It speaks HTTP and Socket.IO, and knows nothing of chat.
 *
 * <p>It shuts down in three steps, so that the layer above can finish its work in between: {@link #stopAccepting},
 * {@link #endSessions}, {@link #stop}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // event loops that stop are not waited for twice
public final class NettyServer {
    /**
     * The settings of a server.
     *
     * @param address the address to listen on; port 0 lets the system choose
     * @param limits the limits of each client
     * @param timeouts the time-outs of each client
     * @param access the rules about sender and target of a request
     * @param tls the certificate and key; null for plain HTTP
     * @param routes the HTTP routes beside Socket.IO
     * @param faults counts the faults of peers
     */
    public record Settings(
            InetSocketAddress address,
            TransportLimits limits,
            TransportTimeouts timeouts,
            AccessPolicy access,
            @Nullable SslContext tls,
            List<HttpRoute> routes,
            PeerFaults faults) {}

    private final Settings settings;
    private final EngineIoLayer engineIo;
    private final EventLoopGroup acceptors = new NioEventLoopGroup(1, new DefaultThreadFactory("webchat-accept"));
    private final EventLoopGroup workers = new NioEventLoopGroup(0, new DefaultThreadFactory("webchat-io"));
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;
    private volatile boolean accepting = true;

    /**
     * Binds the address and starts. The server accepts connections when the constructor returns.
     *
     * @param handlers makes the handler of each new connection, on its network thread
     * @throws UncheckedIOException if the server cannot listen on the address
     */
    public NettyServer(Settings settings, Function<SocketIoConnection, SocketIoHandler> handlers) {
        this.settings = settings;
        this.engineIo = new EngineIoLayer(
                settings.limits(),
                settings.timeouts(),
                (session, handshake) -> new SocketIoProtocol(session, handlers, handshake),
                () -> accepting);
        try {
            this.listening = listen(settings.address());
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private Channel listen(InetSocketAddress address) {
        String shown = NetUtil.toSocketAddressString(address);
        if (address.isUnresolved()) {
            throw new UncheckedIOException(
                    "cannot listen on " + shown + ": no such host", new UnknownHostException(address.getHostString()));
        }
        ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            // Waiting with sync would throw the checked exception undeclared.
            throw new UncheckedIOException(
                    "cannot listen on " + shown + ": " + bound.cause().getMessage(), new IOException(bound.cause()));
        }
        return bound.channel();
    }

    private ServerBootstrap bootstrap() {
        HttpLayer.Settings httpSettings = new HttpLayer.Settings(
                settings.routes(),
                settings.access(),
                settings.limits().maxBody(),
                settings.limits().maxHttpBody(),
                settings.timeouts().httpIdle(),
                settings.timeouts().keepAlive(),
                settings.faults(),
                engineIo::maxBody);
        HttpLayer http = new HttpLayer(httpSettings, new EngineIoErrorResponder(), EngineIoLayer::answers);
        return new ServerBootstrap()
                .group(acceptors, workers)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new PipelineInitializer(http, engineIo, settings.tls(), channels, settings.faults()));
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Returns the number of open connections. */
    public int connectionCount() {
        return channels.size();
    }

    /** Returns the number of open Engine.IO sessions. */
    public int sessionCount() {
        return engineIo.sessionCount();
    }

    /** Returns the Engine.IO session with this id; null if there is none. */
    public @Nullable EngineIoSession session(UUID id) {
        return engineIo.session(id);
    }

    /**
     * Stops accepting connections, and new sessions on open connections. Open sessions go on.
     *
     * @return whether the server accepted connections until now
     */
    public boolean stopAccepting() {
        if (!accepting) {
            return false;
        }
        accepting = false;
        listening.close().syncUninterruptibly();
        return true;
    }

    /** Ends every session, after the packets that were sent before. */
    public void endSessions() {
        engineIo.endSessions();
    }

    /**
     * Waits for sessions and connections to end by themselves, then closes the rest and stops all threads. Blocks until
     * done.
     *
     * @param grace the longest time to wait
     */
    public void stop(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        engineIo.whenEmpty()
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        channels.forEach(HttpLayer::closeWhenIdle);
        channels.newCloseFuture().awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        stop();
    }

    private void stop() {
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
