package io.webchat.socketio.internal.http.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses.
 *
 * @param network an address of the range
 * @param bits how many leading bits the addresses of the range share
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AddressRange(byte[] network, int bits) {
    /**
     * Returns the range of an address or of a CIDR block.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw refused(text);
        }
        int all = network.length * Byte.SIZE;
        int bits = slash < 0 ? all : bits(text, text.substring(slash + 1));
        if (bits > all) {
            throw refused(text);
        }
        return new AddressRange(network, bits);
    }

    private static byte @Nullable [] bytes(String address) {
        boolean valid = NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
        return valid ? NetUtil.createByteArrayFromIpAddressString(address) : null;
    }

    private static int bits(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                text + " is no address of a proxy: write an IP address or a block such as 10.0.0.0/8");
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((network[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
