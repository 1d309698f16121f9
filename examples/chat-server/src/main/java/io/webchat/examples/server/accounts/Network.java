package io.webchat.examples.server.accounts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The unit that counts as one address: an address in IPv4, and a /64 network in IPv6, whose addresses one client may
 * choose.
 *
 * @param prefix the bytes of the address, or of the network
 */
record Network(ByteBuffer prefix) {
    private static final int NETWORK_BYTES = 8;
    private static final int SITE_BYTES = 6;

    /** The network of this address. */
    static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Network(
                ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
    }

    /** The largest block that one household has: the same address in IPv4, the /48 network in IPv6. */
    ByteBuffer site() {
        return prefix.limit() == NETWORK_BYTES ? prefix.slice(0, SITE_BYTES) : prefix;
    }
}
