package io.webchat.socketio.internal.http.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides for which host names the server answers: names of the loopback, IP addresses and the listed names.
 *
 * <p>A page of an attacker's name that resolves to this server has that name in {@code Host}. The browser takes the
 * server for the page's own, so the {@link OriginPolicy} alone would let it in.
 */
public final class HostPolicy {
    private static final String ANY = "*";
    private static final String LOOPBACK = "localhost";

    private final boolean any;
    private final Set<String> names = new HashSet<>();

    /**
     * Makes a policy.
     *
     * @param configured host names without ports; {@code *} allows all
     * @throws IllegalArgumentException if a name can never match; the message names all of them
     */
    public HostPolicy(Collection<String> configured) {
        this.any = configured.stream().map(String::strip).anyMatch(ANY::equals);
        List<String> faults = new ArrayList<>();
        configured.stream().map(String::strip).filter(each -> !each.equals(ANY)).forEach(each -> add(each, faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private void add(String text, List<String> faults) {
        Authority authority = Authority.ofSetting(text);
        if (authority == null || authority.port() >= 0) {
            faults.add("the host " + text + " can never match: it is a name without scheme, port and wildcard");
        } else {
            names.add(authority.host());
        }
    }

    /** Tells whether the server answers for this host. */
    public boolean permits(Authority host) {
        return any
                || host.isAddress()
                || host.host().equals(LOOPBACK)
                || host.host().endsWith("." + LOOPBACK)
                || names.contains(host.host());
    }
}
