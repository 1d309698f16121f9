package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.ack.AckManager;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.InPacketHandler;
import com.corundumstudio.socketio.handler.PacketListener;
import com.corundumstudio.socketio.listener.ExceptionListenerAdapter;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import com.corundumstudio.socketio.protocol.PacketDecoder;
import com.corundumstudio.socketio.scheduler.HashedWheelTimeoutScheduler;
import com.corundumstudio.socketio.transport.PollingTransport;
import com.corundumstudio.socketio.transport.WebSocketTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.webchat.socketio.internal.engineio.packet.PacketTextEncoder;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Engine.IO half of a connection's pipeline, and all Engine.IO sessions of a server.
 *
 * <p>It uses netty-socketio's handshake, polling and heartbeat timers. It does not use the library's server and channel
 * initializer, which hide the listening channel and the register of clients.
 */
public final class EngineIoLayer implements DisconnectableHub {
    /** Passes every failure on to the end of the pipeline. The library's default listener would log and keep it. */
    private static final class PassOn extends ExceptionListenerAdapter {
        @Override
        public void onAuthException(Throwable e, SocketIOClient client) {
            throw new IllegalStateException("the library does not authenticate clients here", e);
        }
    }

    private final HashedWheelTimeoutScheduler scheduler =
            new HashedWheelTimeoutScheduler(new DefaultThreadFactory("webchat-timer", true));
    private final EngineIoContext context;
    private final EngineIoRequestHandler requests;
    private final InPacketHandler packetHandler;
    private final HandshakeHandler opener;
    private final PollingTransport polling;
    private final WebSocketUpgradeHandler upgrades;
    private final WebSocketTransport webSocket;
    private final OutboundPacketEncoder encoder;

    /**
     * Makes the layer.
     *
     * @param handlers makes the message handler of each new session
     * @param tls whether the server speaks TLS
     * @param accepting tells whether new sessions may begin
     */
    public EngineIoLayer(
            TransportLimits limits,
            TransportTimeouts timeouts,
            EngineIoMessageHandler.Factory handlers,
            boolean tls,
            BooleanSupplier accepting) {
        EngineIoSessions sessions = new EngineIoSessions(this::open);
        this.context = new EngineIoContext(limits, timeouts, handlers, sessions);
        this.requests = new EngineIoRequestHandler(context, accepting);
        Configuration configuration = configuration(limits, timeouts);
        NamespacesHub namespaces = new NamespacesHub(configuration);
        AckManager acks = new AckManager(scheduler);
        // No JSON support: only heartbeats and upgrades reach the decoder, and they contain no JSON.
        PacketDecoder decoder = new PacketDecoder(null, acks);
        this.opener = new HandshakeHandler(scheduler, configuration, namespaces, this, acks, sessions);
        this.polling = new PollingTransport(decoder, opener, sessions);
        this.upgrades = new WebSocketUpgradeHandler(sessions, opener, limits.maxMessage());
        this.webSocket = new WebSocketTransport(tls, opener, configuration, scheduler, sessions);
        PacketListener listener = new PacketListener(acks, namespaces, polling, scheduler);
        this.packetHandler = new InPacketHandler(listener, decoder, namespaces, configuration.getExceptionListener());
        this.encoder = new OutboundPacketEncoder(new PacketTextEncoder(limits.maxPayload()));
    }

    private static Configuration configuration(TransportLimits limits, TransportTimeouts timeouts) {
        Configuration configuration = new Configuration();
        configuration.setPingInterval(Math.toIntExact(timeouts.pingInterval().toMillis()));
        configuration.setPingTimeout(Math.toIntExact(timeouts.pingTimeout().toMillis()));
        configuration.setMaxFramePayloadLength(limits.maxMessage());
        configuration.setAllowCustomRequests(true);
        // The io cookie of a client must not choose the session id.
        configuration.setRandomSession(true);
        configuration.setExceptionListener(new PassOn());
        return configuration;
    }

    private EngineIoSession open(ClientHead head, Channel channel) {
        return new EngineIoSession(
                head, context, channel.eventLoop(), EngineIoRequest.on(channel).handshake());
    }

    /** Adds the handlers of this layer to the pipeline of a new connection. */
    public void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("engineIoRequests", requests);
        pipeline.addLast("webSocketInput", new WebSocketInputHandler());
        pipeline.addLast(SocketIOChannelInitializer.PACKET_HANDLER, packetHandler);
        pipeline.addLast(SocketIOChannelInitializer.AUTHORIZE_HANDLER, opener);
        pipeline.addLast(SocketIOChannelInitializer.XHR_POLLING_TRANSPORT, polling);
        pipeline.addLast("webSocketUpgrades", upgrades);
        pipeline.addLast(SocketIOChannelInitializer.WEB_SOCKET_TRANSPORT, webSocket);
        pipeline.addLast(SocketIOChannelInitializer.SOCKETIO_ENCODER, encoder);
    }

    /** The library calls this when it has lost a client. */
    @Override
    public void onDisconnect(ClientHead client) {
        EngineIoSession session = EngineIoSession.of(client);
        if (session == null) {
            context.sessions().removeClient(client.getSessionId());
            return;
        }
        session.disconnected();
    }

    /** Tells whether this layer answers a request. */
    public static boolean answers(HttpRequest request) {
        return EngineIoQuery.concerns(request);
    }

    /** Returns the number of open sessions. */
    public int sessionCount() {
        return context.sessions().all().size();
    }

    /** Returns the session with this id; null if there is none. */
    public @Nullable EngineIoSession session(UUID id) {
        return context.sessions().find(id);
    }

    /** Ends every session, after the packets that were sent before. */
    public void endSessions() {
        context.sessions().all().forEach(EngineIoSession::endWhenSent);
    }

    /** Returns a stage that completes when no session is left. Call it once, when no new session can begin. */
    public CompletableFuture<Void> whenEmpty() {
        return context.sessions().whenEmpty();
    }

    /** Stops the timers. */
    public void stop() {
        scheduler.shutdown();
    }
}
