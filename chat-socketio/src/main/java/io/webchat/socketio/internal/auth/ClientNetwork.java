package io.webchat.socketio.internal.auth;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of an address that one client is counted by: all of an IPv4 address, the first 64 bits of an IPv6 address.
 * An IPv6 client chooses the other bits by itself.
 *
 * @param text the address; the unchosen bits are 0
 */
record ClientNetwork(String text) {
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final String UNKNOWN = "an unknown address";

    /** Returns the network of an address; null stands for an unresolved address. */
    static ClientNetwork of(@Nullable InetAddress address) {
        if (address == null) {
            return new ClientNetwork(UNKNOWN);
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
        }
        return new ClientNetwork(NetUtil.bytesToIpAddress(bytes));
    }

    @Override
    public String toString() {
        return text;
    }
}
