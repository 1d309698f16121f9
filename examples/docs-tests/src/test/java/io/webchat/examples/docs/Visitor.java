package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * A browser at 127.0.0.2 that reaches webchat through nginx under a name.
 *
 * @param nginx the proxy
 * @param host the name of the site
 * @param base the path of webchat, with a final slash
 * @param certificate the certificate of the site; null for plain HTTP
 */
record Visitor(
        Nginx nginx, String host, String base, @Nullable Certificate certificate) {
    private static final String UPGRADE = """
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        """;

    void useEverything() throws Exception {
        // The first address is the visitor's invention.
        assertThat(get("who", "X-Forwarded-For: 203.0.113.9\n")).endsWith("\r\n\r\n\"127.0.0.2\"");
        useChat();
    }

    /** Uses the chat itself: a probe, polling, a websocket, and the refusal of a foreign page. */
    void useChat() throws Exception {
        assertThat(get("health/live", "")).startsWith("HTTP/1.1 200");
        poll();
        assertThat(get("socket.io/?EIO=4&transport=polling", "Origin: http://foe.example\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(webSocket("Origin: " + origin() + "\n"))
                .startsWith("HTTP/1.1 101")
                .contains("0{\"sid\":");
    }

    void poll() throws Exception {
        assertThat(get("socket.io/?EIO=4&transport=polling", "Origin: " + origin() + "\n"))
                .startsWith("HTTP/1.1 200")
                .contains("0{\"sid\":");
    }

    /** Returns the answer to an upgrade, with the first packet if there is one. */
    String webSocket(String fields) throws IOException, GeneralSecurityException {
        return exchange("socket.io/?EIO=4&transport=websocket", fields + UPGRADE, "}");
    }

    private String get(String path, String fields) throws IOException, GeneralSecurityException {
        return exchange(path, fields + "Connection: close\n", "");
    }

    private String origin() {
        return (certificate == null ? "http://" : "https://") + host + ":" + nginx.port();
    }

    /** Reads to the end of the stream, or until the text has this end if it is not empty. */
    private String exchange(String path, String fields, String end) throws IOException, GeneralSecurityException {
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nginx.port()), 10_000);
            plain.setSoTimeout(30_000);
            try (Socket socket = certificate == null ? plain : certificate.over(plain)) {
                String head = "GET " + base + path + " HTTP/1.1\nHost: " + host + ":" + nginx.port() + "\n" + fields;
                socket.getOutputStream()
                        .write((head + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
                StringBuilder answer = new StringBuilder();
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    answer.append((char) b);
                    if (!end.isEmpty() && answer.toString().endsWith(end)) {
                        break;
                    }
                }
                return answer.toString();
            }
        }
    }
}
