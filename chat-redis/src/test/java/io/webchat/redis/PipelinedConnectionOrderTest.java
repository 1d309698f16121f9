package io.webchat.redis;

import static io.webchat.redis.TestCommands.bytes;
import static io.webchat.redis.TestCommands.rpush;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.SingleServerClient;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Calls take effect and are answered in the order of submission, even if connections are lost. */
@ExtendWith(RedisServers.class)
final class PipelinedConnectionOrderTest {
    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    private static RedisConfig patient(int port) {
        return RedisConfig.builder("redis://127.0.0.1:" + port)
                .commandTimeout(Duration.ofSeconds(30))
                .connections(3)
                .build();
    }

    @Test
    void callsOfOneSlotKeepTheirOrderOnSeveralConnections(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(patient(server.port()))) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            load.awaitAnswers(20_000);
            load.stop();
            load.assertInOrder(server.endpoint(), false);
        }
    }

    @Test
    void G9_cutConnectionsLoseNoCallAndKeepTheOrder(RedisServer server) {
        Random random = new Random(42);
        try (TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());
                RedisConnections redis = RedisConnections.open(patient(proxy.port()))) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            for (int i = 0; i < 15; i++) {
                load.awaitAnswers(1 + random.nextInt(2_000));
                switch (random.nextInt(3)) {
                    case 0 -> proxy.cutAll();
                    case 1 -> proxy.closeAfter(Direction.TO_CLIENT, random.nextInt(20_000));
                    default -> proxy.closeAfter(Direction.TO_SERVER, random.nextInt(20_000));
                }
            }
            load.stop();
            load.assertInOrder(server.endpoint(), true);
        }
    }

    @Test
    void killedConnectionsLoseNoCallAndKeepTheOrder(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(patient(server.port()))) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            for (int i = 0; i < 10; i++) {
                load.awaitAnswers(500);
                server.command("CLIENT", "KILL", "TYPE", "normal");
            }
            load.stop();
            load.assertInOrder(server.endpoint(), true);
        }
    }

    @Test
    void flushedScriptsAreLoadedAgain(RedisServer server) {
        String script = "return redis.call('RPUSH', KEYS[1], ARGV[1])";
        String sha = Objects.toString(server.command("SCRIPT", "LOAD", script));
        RedisConfig config = RedisConfig.builder(server.url())
                .commandTimeout(Duration.ofSeconds(30))
                .build();
        // Loads the test's script at each connect, in addition to the module's scripts.
        ConnectionFactory endpoint = () -> {
            ServerConnection wire = TestConfigs.connect(config);
            wire.write(new CommandArguments(Command.SCRIPT).add("LOAD").add(script));
            wire.flush();
            assertThat(wire.read()).isInstanceOf(byte[].class);
            return wire;
        };
        try (CommandClient commands = new SingleServerClient(TestConfigs.settings(config), endpoint, new OutageLog())) {
            PushLoad load = new PushLoad(
                    "n",
                    (key, number) -> commands.send(RedisCommand.of(
                            bytes(key),
                            Command.EVALSHA,
                            bytes(sha),
                            bytes("1"),
                            bytes(key),
                            bytes(Long.toString(number)))));
            for (int i = 0; i < 10; i++) {
                load.awaitAnswers(500);
                server.command("SCRIPT", "FLUSH");
            }
            load.stop();
            load.assertInOrder(server.endpoint(), false);
        }
    }

    @Test
    void callsWaitWhileClientsArePaused(RedisServer server) {
        try (RedisConnections redis = RedisConnections.open(patient(server.port()))) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            for (int i = 0; i < 3; i++) {
                load.awaitAnswers(500);
                server.command("CLIENT", "PAUSE", "200", "WRITE");
            }
            load.stop();
            load.assertInOrder(server.endpoint(), false);
        }
    }

    @Test
    void G9_callsSurviveAShortRestart() {
        try (RedisServer server = RedisServer.builder()
                        .appendOnly(true)
                        .config("appendfsync always")
                        .start();
                RedisConnections redis = RedisConnections.open(patient(server.port()))) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            for (int i = 0; i < 3; i++) {
                load.awaitAnswers(500);
                server.restart();
            }
            load.stop();
            load.assertInOrder(server.endpoint(), true);
        }
    }
}
