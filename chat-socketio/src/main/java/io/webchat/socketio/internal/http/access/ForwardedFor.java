package io.webchat.socketio.internal.http.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses that proxies noted in {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239), from left to
 * right. An entry that names no IP address is null.
 */
final class ForwardedFor {
    private ForwardedFor() {}

    /** Returns the entries of all {@code X-Forwarded-For} fields. */
    static List<@Nullable InetAddress> legacy(List<String> fields) {
        List<@Nullable InetAddress> found = new ArrayList<>();
        for (String field : fields) {
            split(field, ',').forEach(entry -> found.add(address(entry)));
        }
        return found;
    }

    /** Returns the {@code for} parameters of all {@code Forwarded} fields. */
    static List<@Nullable InetAddress> standard(List<String> fields) {
        List<@Nullable InetAddress> found = new ArrayList<>();
        for (String field : fields) {
            split(field, ',').forEach(element -> found.add(ofElement(element)));
        }
        return found;
    }

    private static @Nullable InetAddress ofElement(String element) {
        for (String pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("for")) {
                return address(pair.substring(equals + 1));
            }
        }
        return null;
    }

    /** Splits at a separator outside of quotation marks. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /**
     * Returns the address of {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1} or {@code [2001:db8::1]:80}.
     */
    private static @Nullable InetAddress address(String entry) {
        String node = entry.strip();
        if (node.length() > 1 && node.startsWith("\"") && node.endsWith("\"")) {
            node = node.substring(1, node.length() - 1);
        }
        int end = node.indexOf(']');
        if (node.startsWith("[") && end > 0) {
            node = node.substring(1, end);
        } else if (node.indexOf(':') == node.lastIndexOf(':') && node.indexOf(':') > 0) {
            node = node.substring(0, node.indexOf(':'));
        }
        // An address with a zone names an interface of the proxy.
        boolean valid = node.indexOf('%') < 0 && (NetUtil.isValidIpV4Address(node) || NetUtil.isValidIpV6Address(node));
        byte[] bytes = valid ? NetUtil.createByteArrayFromIpAddressString(node) : null;
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
