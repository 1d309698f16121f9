package io.webchat.socketio.internal.http.access;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about the client's address counts.
 *
 * <p>Each proxy appends the address that it saw, so the entries are read from the right. The first address that is no
 * trusted proxy is the client. Entries further left may be the client's invention.
 */
public final class TrustedProxies {
    private static final String LEGACY = "X-Forwarded-For";
    private static final String STANDARD = "Forwarded";

    private final List<AddressRange> ranges;

    /**
     * Trusts these proxies.
     *
     * @param proxies IP addresses and CIDR blocks
     * @throws IllegalArgumentException if one is neither; the message names all of them
     */
    public TrustedProxies(Collection<String> proxies) {
        List<AddressRange> found = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String each : proxies) {
            try {
                found.add(AddressRange.parse(each.strip()));
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        ranges = List.copyOf(found);
    }

    /** Tells whether a proxy says that it passed a request on. A page cannot send these fields without a preflight. */
    public static boolean passedOn(HttpHeaders headers) {
        return headers.contains(LEGACY) || headers.contains(STANDARD);
    }

    /** Returns the address of the client behind the peer of a connection. Its port is 0 if it is not the peer. */
    public InetSocketAddress client(InetSocketAddress peer, HttpHeaders headers) {
        if (ranges.isEmpty() || !passedOn(headers) || !trusts(peer.getAddress())) {
            return peer;
        }
        InetAddress standard = walk(peer.getAddress(), ForwardedFor.standard(headers.getAll(STANDARD)));
        InetAddress legacy = walk(peer.getAddress(), ForwardedFor.legacy(headers.getAll(LEGACY)));
        if (!headers.contains(STANDARD)) {
            return at(legacy, peer);
        }
        // A proxy writes one of the two fields and passes the other on. With both it is unknown which one is its own.
        return headers.contains(LEGACY) && !legacy.equals(standard) ? peer : at(standard, peer);
    }

    private static InetSocketAddress at(InetAddress client, InetSocketAddress peer) {
        return client.equals(peer.getAddress()) ? peer : new InetSocketAddress(client, 0);
    }

    private InetAddress walk(InetAddress peer, List<@Nullable InetAddress> entries) {
        InetAddress last = peer;
        for (int i = entries.size() - 1; i >= 0 && trusts(last); i--) {
            InetAddress entry = entries.get(i);
            if (entry == null) {
                return last;
            }
            last = entry;
        }
        return last;
    }

    private boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
