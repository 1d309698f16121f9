package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the newcomer sees who starts two nodes with one command. */
@Tag("process")
@Tag("full")
class DemoClusterTest {
    private static final Pattern REDIS = Pattern.compile("redis://127\\.0\\.0\\.1:(\\d+)");

    private static int redisPort(ServerProcess demo) {
        Matcher matcher = REDIS.matcher(demo.output());
        assertThat(matcher.find()).as(demo.output()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    void aMessageCrossesFromOneNodeToTheOtherAndItsReceiptComesBack() throws Exception {
        try (ServerProcess demo = ServerProcess.start(Map.of(), "--demo-cluster", "--port", "0")) {
            List<Integer> ports = demo.ports(2);
            await().untilAsserted(() -> assertThat(demo.output())
                    .containsPattern("Redis is \\d+\\.\\d+\\.\\d+, which comes with the demo: in production"));
            List<JSONObject> atAlice = new CopyOnWriteArrayList<>();
            List<JSONObject> atBob = new CopyOnWriteArrayList<>();
            Socket alice = ConfirmingSocket.connect(ports.get(0), SignInHelp.token(ports.get(0), "1"), atAlice);
            // Signed in on the one node, connected to the other: they take each other's tokens.
            Socket bob = ConfirmingSocket.connect(ports.get(1), SignInHelp.token(ports.get(0), "2"), atBob);
            try {
                alice.emit(
                        "chat",
                        new JSONObject(Map.of("EvtType", "message", "To", "2", "MsgID", "m1", "Text", "hello")));

                await().untilAsserted(() -> assertThat(atBob)
                        .anySatisfy(event -> assertThat(event.optString("Text")).isEqualTo("hello")));
                await().untilAsserted(() -> assertThat(atAlice)
                        .anySatisfy(event -> assertThat(event.optString("EvtType") + " " + event.optString("MsgID"))
                                .isEqualTo("delivery m1")));
            } finally {
                alice.close();
                bob.close();
            }
        }
    }

    @Test
    void G14_sigtermEndsBothNodesAndTheirRedis() throws Exception {
        try (ServerProcess demo = ServerProcess.start(Map.of(), "--demo-cluster", "--port", "0")) {
            demo.ports(2);
            int redis = redisPort(demo);
            assertThat(isFree(redis)).isFalse();

            demo.terminate();

            assertThat(demo.exitCode()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(isFree(redis)).as("the port of the redis-server").isTrue();
            assertThat(demo.output()).doesNotContain("Exception");
        }
    }

    @Test
    void killingTheProcessEndsItsRedisToo() throws Exception {
        try (ServerProcess demo = ServerProcess.start(Map.of(), "--demo-cluster", "--port", "0")) {
            demo.ports(2);
            int redis = redisPort(demo);

            demo.kill();

            await().atMost(Duration.ofSeconds(10)).until(() -> isFree(redis));
        }
    }
}
