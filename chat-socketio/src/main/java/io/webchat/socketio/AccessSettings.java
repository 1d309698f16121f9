package io.webchat.socketio;

import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings about the sender and the target of a request, as the host gave them. */
final class AccessSettings {
    private static final String ANY = "*";

    Set<String> hosts = Set.of();
    Set<String> origins = Set.of();
    Set<String> proxies = Set.of();
    String basePath = "/";

    /**
     * Returns the rules that the settings make. Settings with faults make no rule.
     *
     * @param listening the name that the server listens on, which is allowed; null for all addresses
     * @param faults takes a sentence for each fault
     */
    AccessPolicy policy(@Nullable String listening, List<String> faults) {
        OriginPolicy pages = checked(OriginPolicy::new, origins, Set.of(), faults);
        return new AccessPolicy(
                checked(HostPolicy::new, names(pages, listening), Set.of(), faults),
                pages,
                checked(TrustedProxies::new, proxies, Set.of(), faults),
                checked(BasePath::of, basePath, "/", faults));
    }

    private Set<String> names(OriginPolicy pages, @Nullable String own) {
        Set<String> names = new TreeSet<>(hosts);
        names.addAll(pages.hosts());
        if (pages.allowsAll()) {
            // Foreign pages may use the server anyway, so a foreign name gives them nothing more.
            names.add(ANY);
        }
        // An IPv6 address is no name, and needs no permission.
        if (own != null && own.indexOf(':') < 0) {
            names.add(own);
        }
        return names;
    }

    private static <S, R> R checked(Function<S, R> rule, S setting, S otherwise, List<String> faults) {
        try {
            return rule.apply(setting);
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return rule.apply(otherwise);
        }
    }
}
