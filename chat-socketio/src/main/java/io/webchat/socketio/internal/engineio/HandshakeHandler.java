package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.ack.AckManager;
import com.corundumstudio.socketio.handler.AuthorizeHandler;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.ClientsBox;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;

/**
 * The library's handshake, with one change. The library connects Engine.IO 3 clients to the default namespace at once.
 * Here they are connected when the layer above admits them.
 */
@Sharable
final class HandshakeHandler extends AuthorizeHandler {
    private final Namespace namespace;

    HandshakeHandler(
            CancelableScheduler scheduler,
            Configuration configuration,
            NamespacesHub namespaces,
            DisconnectableHub ends,
            AckManager acks,
            ClientsBox clients) {
        super(
                EngineIoQuery.PATH,
                scheduler,
                configuration,
                namespaces,
                configuration.getStoreFactory(),
                ends,
                acks,
                clients);
        this.namespace = namespaces.create(Namespace.DEFAULT_NAME);
    }

    /** The library calls this each time after it has bound a channel. */
    @Override
    public void connect(ClientHead client) {
        EngineIoSession session = EngineIoSession.of(client);
        if (session == null || client.getNamespaces().contains(namespace)) {
            return;
        }
        // The library handles heartbeats only for members of a namespace.
        client.addNamespaceClient(namespace);
        session.opened();
    }

    /**
     * The library's time-out for a first request would outlive a kept-alive connection; the HTTP layer has its
     * own.
     */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
    }
}
