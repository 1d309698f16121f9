package io.webchat.socketio.internal.http.access;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and an optional port, as in {@code Host} and in a URL.
 *
 * @param host the name in lower case without a final dot, an IPv4 address, or an IPv6 address in brackets
 * @param port the port; -1 if there is none
 */
public record Authority(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /** Returns the authority in a request; null if it is malformed. */
    public static @Nullable Authority parse(String text) {
        // A colon inside brackets belongs to an IPv6 address.
        int colon = text.lastIndexOf(':');
        boolean bare = colon < 0 || colon < text.lastIndexOf(']');
        String host = host(bare ? text : text.substring(0, colon));
        int port = bare ? -1 : port(text.substring(colon + 1));
        return host == null || (!bare && port < 0) ? null : new Authority(host, port);
    }

    /** The same for a setting, where a name may hold letters of any script. Browsers send such a name in ASCII. */
    static @Nullable Authority ofSetting(String text) {
        try {
            return text.startsWith("[") ? parse(text) : parse(IDN.toASCII(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return ipv6(text.substring(1, text.length() - 1));
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return !name.isEmpty() && name.chars().allMatch(Authority::isNamePart) ? name.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static @Nullable String ipv6(String text) {
        byte[] bytes = NetUtil.isValidIpV6Address(text) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        try {
            return bytes == null ? null : '[' + NetUtil.toAddressString(InetAddress.getByAddress(bytes)) + ']';
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Returns -1 for a malformed port. */
    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= MAX_PORT ? port : -1;
    }

    /** Tells whether the host is an IP address. */
    boolean isAddress() {
        return host.startsWith("[") || NetUtil.isValidIpV4Address(host);
    }

    @Override
    public String toString() {
        return port < 0 ? host : host + ':' + port;
    }
}
