package io.webchat.socketio.internal.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address of the client behind a connection, which trusted proxies may have told. */
public final class ClientAddress {
    private static final AttributeKey<InetSocketAddress> ATTRIBUTE = AttributeKey.valueOf("webchat.client");

    private ClientAddress() {}

    static void put(Channel channel, InetSocketAddress client) {
        channel.attr(ATTRIBUTE).set(client);
    }

    /** Returns the client of the latest request on a channel; before the first one, the peer of the connection. */
    public static InetSocketAddress of(Channel channel) {
        InetSocketAddress client = channel.attr(ATTRIBUTE).get();
        return client == null ? (InetSocketAddress) channel.remoteAddress() : client;
    }

    /** Returns a channel's client for a log line, with the peer if that is a proxy. */
    public static String describe(Channel channel) {
        InetSocketAddress client = channel.attr(ATTRIBUTE).get();
        Object peer = channel.remoteAddress();
        return client == null || client.equals(peer) ? String.valueOf(peer) : client.getAddress() + " via " + peer;
    }

    static @Nullable InetSocketAddress peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
    }
}
