package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.Chat;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.WebSocketClient;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS from PEM files and from a key store, both made by the JDK's keytool. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    private static Path folder = Path.of("");
    private static @Nullable KeyStore store;

    @BeforeAll
    static void certificate(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            made.load(in, PASSWORD.toCharArray());
        }
        store = made;
        Key key = made.getKey("server", PASSWORD.toCharArray());
        pem("server.crt", "CERTIFICATE", made.getCertificate("server").getEncoded());
        pem("server.key", "PRIVATE KEY", key.getEncoded());
    }

    private static void pem(String name, String kind, byte[] content) throws Exception {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    @Test
    void servesHttpsAndWssFromPemFiles() throws Exception {
        assertServes(ServerTls.pem(folder.resolve("server.crt"), folder.resolve("server.key")));
    }

    @Test
    void servesHttpsAndWssFromAKeyStore() throws Exception {
        assertServes(ServerTls.keyStore(folder.resolve("server.p12"), PASSWORD.toCharArray()));
    }

    private static void assertServes(ServerTls tls) throws Exception {
        try (Chat chat = Chat.inMemory();
                SocketIoServer server = SocketIoServer.builder(chat)
                        .port(0)
                        .tls(tls)
                        .authenticator(token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token))))
                        .start()) {
            HttpClient client = trusting();
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "https://localhost:" + server.port() + "/socket.io/?EIO=4&transport=polling"))
                            .header("Origin", "https://localhost:" + server.port())
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).startsWith("0{");

            WebSocketClient socket = WebSocketClient.open(
                    client, URI.create("wss://localhost:" + server.port() + "/socket.io/?EIO=4&transport=websocket"));
            assertThat(socket.next()).startsWith("0{");
            try (RawSocket plain = new RawSocket(server.port())) {
                plain.write("GET / HTTP/1.1\r\n\r\n");
                plain.read(7);
                assertThat(plain.isEnded()).isTrue();
            }
            server.close(Duration.ofMillis(200));
        }
    }

    private static HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", Objects.requireNonNull(store).getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @Test
    void anErrorNamesTheFileThatCannotBeRead() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> ServerTls.pem(missing, missing)).hasMessageContaining("missing");
        assertThatThrownBy(() -> ServerTls.keyStore(folder.resolve("server.p12"), "wrong".toCharArray()))
                .hasMessageContaining("server.p12");
    }
}
