package io.webchat.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The parts of a URL. Messages about faults name the wrong part and never repeat its text. If a password contains an
 * unencoded character, any other part of the URL may contain a piece of that password.
 */
record RedisUrl(
        Kind kind,
        boolean tls,
        List<HostAndPort> servers,
        @Nullable String username,
        @Nullable String password,
        int database,
        String masterName,
        Map<String, String> parameters) {
    /** The kind of deployment. */
    enum Kind {
        SERVER("redis", 6379),
        SENTINEL("redis-sentinel", 26_379),
        CLUSTER("redis-cluster", 6379);

        private final String scheme;
        private final int port;

        Kind(String scheme, int port) {
            this.scheme = scheme;
            this.port = port;
        }

        /** The scheme of the URL, with or without TLS. */
        String scheme(boolean tls) {
            return tls ? scheme.replaceFirst("redis", "rediss") : scheme;
        }
    }

    private static final Pattern FORM =
            Pattern.compile("(?<scheme>[^:/]*)://(?<authority>[^/?]*)(?:/(?<path>[^?]*))?(?:\\?(?<query>.*))?");
    private static final Pattern SERVER =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%a-z]+])(?::(?<port>.*))?");
    private static final String SCHEMES =
            "redis://, rediss://, redis-sentinel://, rediss-sentinel://," + " redis-cluster:// or rediss-cluster://";

    /** Parses the URL. If it adds to {@code faults}, the result is not usable. */
    static RedisUrl parse(String url, List<String> faults) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            faults.add("the URL must begin with " + SCHEMES);
            return new RedisUrl(Kind.SERVER, false, List.of(), null, null, 0, "", Map.of());
        }
        return new Parser(faults).parse(form);
    }

    /** Whether there is no path. The URL of a cluster has none, because a cluster has no databases and no name. */
    private static boolean isEmpty(@Nullable String path) {
        return path == null || path.isEmpty();
    }

    private record Parser(List<String> faults) {
        RedisUrl parse(Matcher form) {
            boolean tls = form.group("scheme").startsWith("rediss");
            Kind kind = kind(form.group("scheme"), tls);
            String authority = form.group("authority");
            int at = authority.lastIndexOf('@');
            @Nullable String[] login = login(at < 0 ? null : authority.substring(0, at));
            String path = form.group("path");
            return new RedisUrl(
                    kind,
                    tls,
                    servers(kind, authority.substring(at + 1)),
                    login[0],
                    login[1],
                    kind == Kind.SERVER ? database(path) : 0,
                    kind == Kind.SENTINEL ? masterName(path) : noPath(kind, path),
                    parameters(form.group("query")));
        }

        private Kind kind(String scheme, boolean tls) {
            for (Kind each : Kind.values()) {
                if (scheme.equals(each.scheme(tls))) {
                    return each;
                }
            }
            faults.add("the URL must begin with " + SCHEMES);
            return Kind.CLUSTER;
        }

        private @Nullable String[] login(@Nullable String info) {
            if (info == null) {
                return new String[2];
            }
            int colon = info.indexOf(':');
            if (colon < 0) {
                faults.add("the part before the @ must be user:password or :password");
                return new String[2];
            }
            String user = decoded(info.substring(0, colon), "the user");
            String password = decoded(info.substring(colon + 1), "the password");
            return new @Nullable String[] {user.isEmpty() ? null : user, password};
        }

        private String decoded(String text, String what) {
            try {
                // The decoder is for forms and would turn a plus into a space.
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                faults.add("a % in " + what + " must be followed by two hexadecimal digits");
                return "";
            }
        }

        private List<HostAndPort> servers(Kind kind, String list) {
            List<HostAndPort> servers = new ArrayList<>();
            for (String each : list.split(",", -1)) {
                String which = "server " + (servers.size() + 1);
                Matcher server = SERVER.matcher(each);
                if (!server.matches()) {
                    faults.add(which + " must be host, host:port or [IPv6 address]:port");
                    servers.add(new HostAndPort("?", 0));
                } else {
                    String host = server.group("host").replace("[", "").replace("]", "");
                    servers.add(new HostAndPort(host, port(kind, server.group("port"), which)));
                }
            }
            if (kind == Kind.SERVER && servers.size() > 1) {
                faults.add("only sentinels and clusters may have several servers");
            }
            return List.copyOf(servers);
        }

        private int port(Kind kind, @Nullable String text, String which) {
            return text == null ? kind.port : number(text, 1, 65_535, "the port of " + which);
        }

        private int database(@Nullable String path) {
            return path == null || path.isEmpty() ? 0 : number(path, 0, 1_000_000, "the database after the /");
        }

        private String masterName(@Nullable String path) {
            if (path == null || !path.matches("[A-Za-z0-9._-]+")) {
                faults.add("the sentinels must be followed by / and the master's name, letters, digits and ._- only");
                return "";
            }
            return path;
        }

        private String noPath(Kind kind, @Nullable String path) {
            if (kind == Kind.CLUSTER && !isEmpty(path)) {
                faults.add("a cluster has no database: only ? may follow its servers");
            }
            return "";
        }

        private int number(String text, int min, int max, String what) {
            if (text.matches("[0-9]{1,9}")) {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            }
            faults.add(what + " must be a number from " + min + " to " + max);
            return min;
        }

        private Map<String, String> parameters(@Nullable String query) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String each : query == null ? new String[0] : query.split("&", -1)) {
                int equals = each.indexOf('=');
                String name = each.substring(0, Math.max(equals, 0));
                if (parameters.put(name, decoded(each.substring(equals + 1), "a parameter")) != null) {
                    faults.add("a parameter is given twice");
                }
            }
            return parameters;
        }
    }
}
