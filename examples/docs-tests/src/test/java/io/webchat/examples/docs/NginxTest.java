package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webchat.core.Chat;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.SocketIoServer;
import io.webchat.socketio.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nginx configurations of the documentation work, with a real nginx. Without nginx the tests are skipped. */
@Tag("process")
class NginxTest {
    private static final Pattern NAME = Pattern.compile("server_name (\\S+);");
    private static final Pattern LOCATION = Pattern.compile("location (/\\S*) \\{");
    private static final String SOCKET_IO_EXAMPLE = """
        server {
            listen 80;
            server_name chat.example;

            location / {
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header Host $host;
                proxy_pass http://127.0.0.1:9092;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
            }
        }
        """;

    @TempDir
    Path folder = Path.of("");

    private final Chat chat = Chat.inMemory();

    @BeforeEach
    void needNginx() {
        assumeTrue(Nginx.program().isPresent(), "there is no nginx on this machine");
    }

    @AfterEach
    void closeChat() {
        chat.close(Duration.ZERO);
    }

    /** A server that does not wait for its clients when it is closed. */
    private record Upstream(SocketIoServer server) implements AutoCloseable {
        int port() {
            return server.port();
        }

        @Override
        public void close() {
            server.close(Duration.ofMillis(100));
        }
    }

    private Upstream server(String basePath) {
        return new Upstream(SocketIoServer.builder(chat)
                .host("127.0.0.1")
                .port(0)
                .authenticator(token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token))))
                .allowedHosts(Set.of("chat.example", "example.com"))
                .trustedProxies(Set.of("127.0.0.1"))
                .basePath(basePath)
                .route(
                        "GET",
                        "/who",
                        request -> CompletableFuture.completedStage(HttpResponse.json(
                                200, '"' + request.remoteAddress().getAddress().getHostAddress() + '"')))
                .start());
    }

    static List<Block> configurations() {
        return Page.read("docs/behind-a-proxy.md").blocks("nginx");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aConfigurationOfTheDocumentationWorks(Block block) throws Exception {
        String base = found(LOCATION, block.text());
        @Nullable Certificate certificate = block.text().contains("ssl") ? Certificate.make(folder) : null;
        String text = certificate == null ? block.text() : certificate.into(block.text());

        serve(text, base, certificate);
    }

    @Test
    void aPrefixThatNginxRemovesNeedsNoBasePath() throws Exception {
        String text = configurations().get(0).text().replace("location / {", "location /chat/ {");
        try (Upstream server = server("/");
                Nginx nginx =
                        Nginx.start(folder, text.replace("127.0.0.1:9092;", "127.0.0.1:" + server.port() + "/;"))) {
            new Visitor(nginx, "chat.example", "/chat/", null).useEverything();
        }
    }

    @Test
    void theExampleOfSocketIoWorks() throws Exception {
        serve(SOCKET_IO_EXAMPLE, "/", null);
    }

    @Test
    void withoutUpgradesPollingIsLeft() throws Exception {
        String text = SOCKET_IO_EXAMPLE.replaceAll(".*(Upgrade|upgrade).*\n", "");
        try (Upstream server = server("/");
                Nginx nginx = Nginx.start(folder, text.replace(":9092", ":" + server.port()))) {
            Visitor visitor = new Visitor(nginx, "chat.example", "/", null);
            visitor.poll();
            assertThat(visitor.webSocket("")).startsWith("HTTP/1.1 400");
        }
    }

    private void serve(String text, String base, @Nullable Certificate certificate) throws Exception {
        try (Upstream first = server(base);
                Upstream second = server(base);
                Nginx nginx = Nginx.start(
                        folder, text.replace(":9092", ":" + first.port()).replace(":9093", ":" + second.port()))) {
            new Visitor(nginx, found(NAME, text), base, certificate).useEverything();
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }
}
