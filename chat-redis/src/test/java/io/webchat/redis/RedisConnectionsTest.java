package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.pubsub.PubSubMode;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

/** The check of a server names each reason why the server cannot be used, and never a secret. */
@ExtendWith(RedisServers.class)
final class RedisConnectionsTest {
    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    /** The message of {@code check()}; empty if it succeeds. */
    private static String verdict(RedisConfig config) {
        try (RedisConnections redis = RedisConnections.open(config)) {
            redis.check().toCompletableFuture().join();
            return "";
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(ChatException.class);
            assertThat(((ChatException) e.getCause()).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            return String.valueOf(e.getCause().getMessage());
        }
    }

    private static String verdict(String url) {
        return verdict(RedisConfig.of(url));
    }

    @Test
    void aUsableServerIsAccepted(RedisServer server) {
        assertThat(verdict(server.url())).isEmpty();
    }

    @Test
    void aClosedPortIsReported(RedisServer server) {
        server.kill();
        assertThat(verdict(server.url()))
                .isEqualTo("cannot connect to Redis at 127.0.0.1:" + server.port() + ": connection refused");
    }

    @Test
    void aSilentServerIsReported(RedisServer server) {
        server.pause();
        assertThat(verdict(server.url()))
                .isEqualTo("cannot connect to Redis at 127.0.0.1:" + server.port() + ": no answer in time");
    }

    @Test
    void anUnknownHostIsReported() {
        assertThat(verdict("redis://no-such-host.invalid")).contains("no such host: no-such-host.invalid");
    }

    @Test
    void aFailedLoginIsReported() {
        try (RedisServer server = RedisServer.builder().password("right").start()) {
            String address = "127.0.0.1:" + server.port();
            assertThat(verdict("redis://:wrong@" + address))
                    .isEqualTo("cannot connect to Redis at " + address + ": the user or the password is wrong");
            assertThat(verdict("redis://" + address))
                    .isEqualTo("cannot connect to Redis at " + address + ": a password is required");
            assertThat(verdict(server.url())).isEmpty();
        }
    }

    @Test
    void missingPermissionsAreReported(RedisServer server) {
        server.command("ACL", "SETUSER", "poor", "on", ">x", "~*", "&*", "+@all", "-@scripting");
        assertThat(verdict("redis://poor:x@127.0.0.1:" + server.port()))
                .isEqualTo("Redis at 127.0.0.1:" + server.port()
                        + " is not usable: this user lacks a right that webchat needs: "
                        + "see the ACL rules in docs/operations.md");
    }

    @Test
    void aReplicaIsReported(RedisServer server, RedisServer master) {
        server.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        assertThat(verdict(server.url())).contains("is a replica");
    }

    @Test
    void aNodeOfAClusterIsReported() {
        try (RedisServer server =
                RedisServer.builder().config("cluster-enabled yes").start()) {
            assertThat(verdict(server.url())).contains("use redis-cluster://");
        }
    }

    @Test
    void anOldVersionIsReported() {
        ServerCheck check = new ServerCheck(
                RedisConfig.of("redis://h:1"),
                () -> {
                    throw new IllegalStateException("not used");
                },
                PubSubMode.PLAIN);
        HostAndPort server = new HostAndPort("h", 1);
        assertThatThrownBy(() -> check.judge(server, Map.of("redis_version", "6.2.14")))
                .hasMessage("Redis 6.2.14 at h:1 is too old: 7.0 or later is needed");
        assertThatThrownBy(() -> check.judge(server, Map.of())).hasMessageContaining("unknown");
        check.judge(server, Map.of("redis_version", "10.0.1"));
    }

    @Test
    void anEvictionPolicyAndAMissingAppendOnlyFileAreWarnedOf(RedisServer server) {
        server.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        assertThat(logged(() -> verdict(server.url())))
                .anyMatch(line -> line.contains("maxmemory-policy is allkeys-lru"))
                .anyMatch(line -> line.contains("appendonly is off"));
    }

    @Test
    void anAdviceIsLoggedOnce(RedisServer server) {
        server.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try (RedisConnections redis = RedisConnections.open(server.url())) {
            Stream<String> lines = logged(() -> {
                for (int i = 0; i < 3; i++) {
                    redis.check().toCompletableFuture().join();
                }
            });
            assertThat(lines.filter(line -> line.contains("maxmemory-policy"))).hasSize(1);
        }
    }

    @Test
    void theDatabaseOfTheUrlIsUsed(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(server.url() + "/3")) {
            TestCommands.rpush(redis.commands(), "numbers", 1).join();
        }
        assertThat(server.info("keyspace")).containsOnlyKeys("db3");
    }

    @Test
    void tlsNeedsATrustedCertificateForTheHost() {
        try (RedisServer server = RedisServer.builder()
                .tls()
                .user("chat", "p@/ss")
                .config("bind 127.0.0.1 127.0.0.2")
                .start()) {
            assertThat(verdict(TestConfigs.tls(server))).isEmpty();
            assertThat(verdict(server.url()))
                    .startsWith("cannot connect to Redis at 127.0.0.1:" + server.port() + ": TLS failed");
            // The certificate is for localhost and 127.0.0.1.
            assertThat(verdict(TestConfigs.tls(server, "127.0.0.2").build()))
                    .startsWith("cannot connect to Redis at 127.0.0.2:" + server.port() + ": TLS failed");
            assertThat(verdict(TestConfigs.tls(server, "127.0.0.2")
                            .verifyHostname(false)
                            .build()))
                    .isEmpty();
            assertThat(verdict(server.url().replace("rediss", "redis"))).isNotEmpty();
        }
    }

    @Test
    void noSecretIsLoggedOrThrown() throws IOException {
        try (RedisServer server = RedisServer.builder().password("right").start();
                ServerSocket echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // A real server with renamed login commands gives this answer, but the test setup could not log in to it.
            Thread answering = new Thread(() -> answerAll(
                    echo, "-ERR unknown command 'HELLO', with args beginning with: '2' 'AUTH' 'hunter2' 'hunter2' "));
            answering.setDaemon(true);
            answering.start();
            for (int port : new int[] {server.port(), echo.getLocalPort()}) {
                assertThat(toldAbout("redis://hunter2:hunter2@127.0.0.1:" + port))
                        .contains("Redis")
                        .doesNotContain("hunter2");
            }
        }
    }

    /** All logged and thrown text, with stack traces. */
    private static String toldAbout(String url) {
        StringWriter told = new StringWriter();
        Stream<String> logged = logged(() -> {
            try (RedisConnections redis = RedisConnections.open(url)) {
                redis.check().toCompletableFuture().join();
            } catch (CompletionException e) {
                e.printStackTrace(new PrintWriter(told));
            }
        });
        logged.forEach(told::append);
        return told.toString();
    }

    private static void answerAll(ServerSocket echo, String answer) {
        while (!echo.isClosed()) {
            try (Socket client = echo.accept()) {
                while (client.getInputStream().read(new byte[4096]) > 0) {
                    client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException gone) {
                LoggerFactory.getLogger(RedisConnectionsTest.class).debug("a client went", gone);
            }
        }
    }

    /** The text that was logged while the task ran, with stack traces. */
    private static Stream<String> logged(Runnable task) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.webchat.redis");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            task.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream().map(event -> {
            StringWriter text = new StringWriter();
            text.append(event.getFormattedMessage());
            if (event.getThrowableProxy() instanceof ch.qos.logback.classic.spi.ThrowableProxy proxy) {
                proxy.getThrowable().printStackTrace(new PrintWriter(text));
            }
            return text.toString();
        });
    }
}
