package io.webchat.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server starts, answers, stops, loses or keeps its data as configured, and never outlives its JVM. */
@ExtendWith(RedisServers.class)
final class RedisServerTest {
    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @Test
    void aClosedServerLeavesNoProcessAndNoFolder() {
        RedisServer server = RedisServer.builder().start();
        ProcessHandle process = processOf(server);
        Path folder = folderOf(server);

        server.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> server.command("PING")).isInstanceOf(JedisConnectionException.class);
    }

    @Test
    void aRestartLosesTheData(RedisServer server) {
        int port = server.port();
        server.command("SET", "key", "value");

        server.kill();
        server.restart();

        assertThat(server.command("GET", "key")).isNull();
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.info("server")).containsEntry("tcp_port", Integer.toString(port));
    }

    @Test
    void anAppendOnlyServerKeepsItsData() {
        try (RedisServer server = RedisServer.builder().appendOnly(true).start()) {
            server.command("SET", "key", "value");

            server.kill();
            server.restart();
            assertThat(server.command("GET", "key")).isEqualTo("value");

            server.restartEmpty();
            assertThat(server.command("GET", "key")).isNull();
        }
    }

    @Test
    void aPausedServerAnswersNothing(RedisServer server) throws Exception {
        server.pause();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            client.setSoTimeout(100);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            server.resume();
            client.setSoTimeout(30_000);
            assertThat(client.getInputStream().read()).isEqualTo('+');
        }
    }

    @Test
    void thePasswordIsRequired() {
        try (RedisServer server = RedisServer.builder().password("p\"a ss/@:").start()) {
            assertThat(server.command("PING")).isEqualTo("PONG");
            RedisEndpoint stranger = RedisEndpoint.at("redis://127.0.0.1:" + server.port());
            assertThatThrownBy(() -> stranger.command("PING"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void onlyTheConfiguredUserLogsIn() {
        try (RedisServer server = RedisServer.builder().user("chat", "secret").start()) {
            assertThat(server.command("ACL", "WHOAMI")).isEqualTo("chat");
            RedisEndpoint other = RedisEndpoint.at("redis://:secret@127.0.0.1:" + server.port());
            assertThatThrownBy(() -> other.command("PING")).hasMessageContaining("WRONGPASS");
        }
    }

    @Test
    void tlsNeedsATrustedCertificate() {
        try (RedisServer server = RedisServer.builder().tls().password("secret").start()) {
            assertThat(server.url()).startsWith("rediss://");
            assertThat(RedisEndpoint.at(server.url(), server.trustStore()).command("PING"))
                    .isEqualTo("PONG");
            assertThatThrownBy(() -> RedisEndpoint.at(server.url()).command("PING"))
                    .isInstanceOf(JedisConnectionException.class)
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);
        }
    }

    @Test
    void theFailureOfAStartContainsTheLog() {
        RedisServerBuilder wrong = RedisServer.builder().config("no-such-setting yes");
        assertThatThrownBy(wrong::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-setting yes");
    }

    @Test
    void aTakenPortIsTriedAgainOnOtherPorts(RedisServer first) {
        RedisServerBuilder sameAgain = RedisServer.builder().config("port " + first.port());
        assertThatThrownBy(sameAgain::start)
                .message()
                .satisfies(log ->
                        assertThat(log.split("Failed listening on port", -1)).hasSize(RedisServerBuilder.ATTEMPTS + 1));
    }

    @Test
    @Tag("process")
    void aServerEndsWhenItsJvmIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] said = String.valueOf(jvm.inputReader().readLine()).split(" ", -1);
        ProcessHandle server = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();
        assertThat(Path.of(said[1])).isDirectory();

        jvm.destroyForcibly().waitFor();

        Awaitility.await().untilAsserted(() -> {
            assertThat(server.isAlive()).isFalse();
            assertThat(Files.exists(Path.of(said[1]))).isFalse();
        });
    }

    private static ProcessHandle processOf(RedisServer server) {
        return ProcessHandle.of(Long.parseLong(server.info("server").getOrDefault("process_id", "")))
                .orElseThrow();
    }

    private static Path folderOf(RedisServer server) {
        Object answer = server.command("CONFIG", "GET", "dir");
        assertThat(answer).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
        return Path.of(String.valueOf(((List<?>) Objects.requireNonNull(answer)).get(1)));
    }

    /** The main class of a JVM that starts a server and waits. */
    static final class StartsAndWaits {
        public static void main(String[] arguments) throws Exception {
            try (RedisServer server = RedisServer.builder().start()) {
                System.out.println(processOf(server).pid() + " " + folderOf(server));
                System.in.read();
            }
        }
    }
}
