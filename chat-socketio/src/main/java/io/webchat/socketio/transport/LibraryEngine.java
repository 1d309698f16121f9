package io.webchat.socketio.transport;

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
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.function.Function;

/**
 * The parts of netty-socketio that are in use: handshake, polling, websocket upgrade and heartbeat timers. Its
 * server and its channel initializer are not: they hide the listening channel and the register of clients.
 */
final class LibraryEngine implements DisconnectableHub {
    /** Leaves every failure to {@link PipelineEnd}; the library's default listener would log and keep it. */
    private static final class PassOn extends ExceptionListenerAdapter {
        @Override
        public void onAuthException(Throwable e, SocketIOClient client) {
            throw new IllegalStateException("the library authenticates nobody here", e);
        }
    }

    private final HashedWheelTimeoutScheduler scheduler =
            new HashedWheelTimeoutScheduler(new DefaultThreadFactory("webchat-timer", true));
    private final TransportContext context;
    private final InPacketHandler packetHandler;
    private final SessionOpener opener;
    private final PollingTransport polling;
    private final WebSocketTransport webSocket;
    private final OutboundEncoder encoder;

    LibraryEngine(Limits limits, Timings timings, Function<SocketConnection, SocketHandler> handlers, boolean tls) {
        Sessions sessions = new Sessions(this::open);
        this.context = new TransportContext(limits, timings, handlers, sessions, scheduler);
        Configuration configuration = configuration(limits, timings);
        NamespacesHub namespaces = new NamespacesHub(configuration);
        AckManager acks = new AckManager(scheduler);
        // No JSON support: only heartbeats and upgrades, which hold none, ever reach the decoder.
        PacketDecoder decoder = new PacketDecoder(null, acks);
        this.opener = new SessionOpener(scheduler, configuration, namespaces, this, acks, sessions);
        this.polling = new PollingTransport(decoder, opener, sessions);
        this.webSocket = new WebSocketTransport(tls, opener, configuration, scheduler, sessions);
        PacketListener listener = new PacketListener(acks, namespaces, polling, scheduler);
        this.packetHandler = new InPacketHandler(listener, decoder, namespaces, configuration.getExceptionListener());
        this.encoder = new OutboundEncoder(new PacketText(limits.maxPayload()));
    }

    private static Configuration configuration(Limits limits, Timings timings) {
        Configuration configuration = new Configuration();
        configuration.setPingInterval(Math.toIntExact(timings.pingInterval().toMillis()));
        configuration.setPingTimeout(Math.toIntExact(timings.pingTimeout().toMillis()));
        configuration.setMaxFramePayloadLength(limits.maxMessage());
        configuration.setAllowCustomRequests(true);
        // The io cookie must not choose the session's id.
        configuration.setRandomSession(true);
        // Ours closes the websocket that did not take over; the library's would end the session.
        configuration.setUpgradeTimeout(Integer.MAX_VALUE);
        configuration.setExceptionListener(new PassOn());
        return configuration;
    }

    private Session open(ClientHead head, Channel channel) {
        return new Session(
                head, context, channel.eventLoop(), EngineRequest.on(channel).handshake());
    }

    TransportContext context() {
        return context;
    }

    /** Adds the library's handlers, and our encoder in place of its own. */
    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(SocketIOChannelInitializer.PACKET_HANDLER, packetHandler);
        pipeline.addLast(SocketIOChannelInitializer.AUTHORIZE_HANDLER, opener);
        pipeline.addLast(SocketIOChannelInitializer.XHR_POLLING_TRANSPORT, polling);
        pipeline.addLast(SocketIOChannelInitializer.WEB_SOCKET_TRANSPORT, webSocket);
        pipeline.addLast(SocketIOChannelInitializer.SOCKETIO_ENCODER, encoder);
    }

    /** Called by the library when it lost a client. */
    @Override
    public void onDisconnect(ClientHead client) {
        Session session = Session.of(client);
        if (session == null) {
            context.sessions().removeClient(client.getSessionId());
            return;
        }
        session.disconnected();
    }

    void stop() {
        scheduler.shutdown();
    }
}
