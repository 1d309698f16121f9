package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of a client is that which trusted proxies saw, and never one that the client invented. */
class TrustedProxiesTest {
    private static final TrustedProxies PROXIES =
            new TrustedProxies(Set.of("10.0.0.0/8", "192.0.2.1", "2001:db8:1::/48"));

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3 | X-Forwarded-For: 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | X-Forwarded-For: 198.51.100.1, 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | X-Forwarded-For: 203.0.113.9, 10.9.9.9 | 203.0.113.9",
                "10.1.2.3 | X-Forwarded-For: 1.1.1.1, 203.0.113.9, 192.0.2.1, 10.9.9.9 | 203.0.113.9",
                "10.1.2.3 | X-Forwarded-For: 203.0.113.9:4711 | 203.0.113.9",
                "10.1.2.3 | X-Forwarded-For: 2001:db8::9 | 2001:db8::9",
                "10.1.2.3 | X-Forwarded-For: [2001:db8::9]:4711 | 2001:db8::9",
                "10.1.2.3 | X-Forwarded-For: 10.9.9.9 | 10.9.9.9",
                "10.1.2.3 | X-Forwarded-For: 203.0.113.9, nonsense | 10.1.2.3",
                "10.1.2.3 | X-Forwarded-For: 203.0.113.9, | 10.1.2.3",
                "10.1.2.3 | X-Forwarded-For: nonsense, 10.9.9.9 | 10.9.9.9",
                "10.1.2.3 | X-Forwarded-For: localhost | 10.1.2.3",
                "10.1.2.3 | X-Forwarded-For: 198.51.100.1; X-Forwarded-For: 203.0.113.9 | 203.0.113.9",
                "2001:db8:1::5 | X-Forwarded-For: 203.0.113.9 | 203.0.113.9",
                "203.0.113.1 | X-Forwarded-For: 198.51.100.1 | 203.0.113.1",
                "2001:db8:2::5 | X-Forwarded-For: 198.51.100.1 | 2001:db8:2::5",
                "10.1.2.3 | Forwarded: for=203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | Forwarded: FOR=\"203.0.113.9:80\" | 203.0.113.9",
                "10.1.2.3 | Forwarded: proto=https,for=\"[2001:db8::9]:4711\" | 2001:db8::9",
                "10.1.2.3 | Forwarded: for=198.51.100.1, for=203.0.113.9, for=10.9.9.9 | 203.0.113.9",
                "10.1.2.3 | Forwarded: for=203.0.113.9, for=unknown | 10.1.2.3",
                "10.1.2.3 | Forwarded: for=203.0.113.9, for=_hidden | 10.1.2.3",
                "10.1.2.3 | Forwarded: by=203.0.113.9 | 10.1.2.3",
                "10.1.2.3 | Forwarded: by=\", for=198.51.100.1\" | 10.1.2.3",
                "10.1.2.3 | Forwarded: for=198.51.100.1; X-Forwarded-For: 203.0.113.9 | 10.1.2.3",
                "10.1.2.3 | Forwarded: for=203.0.113.9; X-Forwarded-For: 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | Other: 203.0.113.9 | 10.1.2.3",
            })
    void G13_theFieldsAreReadFromTheRight(String peer, String fields, String client) throws Exception {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String field : fields.split("; ", -1)) {
            headers.add(
                    field.substring(0, field.indexOf(':')),
                    field.substring(field.indexOf(':') + 1).strip());
        }

        InetSocketAddress found = PROXIES.client(new InetSocketAddress(InetAddress.getByName(peer), 4711), headers);

        assertThat(found.getAddress()).isEqualTo(InetAddress.getByName(client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "2001:db8::/129", "10.0.0", ""})
    void aTextThatIsNoAddressIsRefusedAtStart(String proxy) {
        assertThatThrownBy(() -> new TrustedProxies(List.of("10.0.0.1", proxy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(proxy + " is no address of a proxy");
    }

    @Test
    void aRouteSeesTheClientBehindTheProxy() throws Exception {
        HttpRoute route = new HttpRoute(
                "GET",
                "/who",
                request -> CompletableFuture.completedStage(HttpResponse.json(
                        200, '"' + request.remoteAddress().getAddress().getHostAddress() + '"')));
        AccessPolicy access = new AccessPolicy(
                new HostPolicy(Set.of("x")),
                new OriginPolicy(Set.of()),
                new TrustedProxies(Set.of("127.0.0.0/8", "::1")),
                BasePath.of("/"));
        try (TestServer server = TestServer.start(List.of(route), access);
                RawSocket raw = new RawSocket(server.port())) {
            // The second request of the connection comes from another client of the proxy.
            for (String client : List.of("203.0.113.9", "203.0.113.10")) {
                raw.write("GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.1.1.1, " + client + "\r\n\r\n");
                raw.head();
                assertThat(raw.read(client.length() + 2)).asString().isEqualTo('"' + client + '"');
            }
        }
    }
}
