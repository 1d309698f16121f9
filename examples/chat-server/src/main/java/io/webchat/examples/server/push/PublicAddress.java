package io.webchat.examples.server.push;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of the internet from those of this machine and of networks around it. */
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? isGlobal6(bytes)
                : isGlobal4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
    }

    private static boolean isGlobal4(int first, int second, int third) {
        boolean isCarrierGrade = first == 100 && second >= 64 && second < 128;
        boolean isSpecial = first == 192 && second == 0 && third == 0;
        boolean isBenchmark = first == 198 && (second == 18 || second == 19);
        return first != 0 && first < 224 && !isCarrierGrade && !isSpecial && !isBenchmark;
    }

    /** 2000::/3 without 6to4 and Teredo, which lead to IPv4 addresses. */
    private static boolean isGlobal6(byte[] bytes) {
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        boolean isTeredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
        return first >= 0x2000 && first < 0x4000 && first != 0x2002 && !isTeredo;
    }
}
