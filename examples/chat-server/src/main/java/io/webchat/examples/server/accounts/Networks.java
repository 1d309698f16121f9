package io.webchat.examples.server.accounts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The unit that counts as one address: in IPv6 whoever has one has a network of them. */
final class Networks {
    private static final int NETWORK_BYTES = 8;

    private Networks() {}

    /** A key for the network of this address. */
    static Object of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
