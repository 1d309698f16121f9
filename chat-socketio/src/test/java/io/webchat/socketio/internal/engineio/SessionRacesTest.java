package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.testkit.PollingSession;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: no race between the requests of one session leaves a session behind, or tells its end twice or never. */
@Timeout(180)
class SessionRacesTest {
    private static final int QUICK = 60;
    private static final int MANY = 1000;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "4, 2"})
    void G13_aCloseThatRacesAPollLeavesNoSession(int version, long seed) throws Exception {
        closeRacingAPoll(QUICK, version, seed);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"3, 1", "4, 2", "3, 3", "4, 4"})
    void G13_manyClosesThatRacePollsLeaveNoSession(int version, long seed) throws Exception {
        closeRacingAPoll(MANY, version, seed);
    }

    private void closeRacingAPoll(int rounds, int version, long seed) throws Exception {
        Random random = new Random(seed);
        try (RawSocket closing = new RawSocket(server.port());
                RawSocket polling = new RawSocket(server.port())) {
            for (int i = 0; i < rounds; i++) {
                String session = TestHttp.session(server, version);
                race(random, () -> closing.write(close(session, version)), () -> polling.write(poll(session)));
                body(closing);
                body(polling);
            }
        }
        assertAllEnded(version, rounds);
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "4, 6"})
    void G13_aCloseThatRacesAnUpgradeLeavesNoSession(int version, long seed) throws Exception {
        closeRacingAnUpgrade(QUICK, version, seed);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"3, 5", "4, 6", "3, 7", "4, 8"})
    void G13_manyClosesThatRaceUpgradesLeaveNoSession(int version, long seed) throws Exception {
        closeRacingAnUpgrade(MANY, version, seed);
    }

    private void closeRacingAnUpgrade(int rounds, int version, long seed) throws Exception {
        Random random = new Random(seed);
        try (RawSocket closing = new RawSocket(server.port())) {
            for (int i = 0; i < rounds; i++) {
                String session = TestHttp.session(server, version);
                try (RawSocket upgrading = new RawSocket(server.port())) {
                    race(random, () -> closing.write(close(session, version)), () -> upgrade(upgrading, session));
                    body(closing);
                }
            }
        }
        assertAllEnded(version, rounds);
    }

    private static void upgrade(RawSocket socket, String session) throws IOException {
        socket.write(RawSocket.upgrade(session.replace("polling", "websocket")));
        socket.head();
        socket.text("2probe");
        socket.text("5");
    }

    @Test
    void twoPollsAtOnceEndTheSessionAndOneOfThemIsTold() throws Exception {
        Random random = new Random(9);
        try (RawSocket one = new RawSocket(server.port());
                RawSocket two = new RawSocket(server.port())) {
            for (int i = 0; i < QUICK; i++) {
                String session = TestHttp.session(server, 4);
                race(random, () -> one.write(poll(session)), () -> two.write(poll(session)));

                assertThat(List.of(body(one), body(two)))
                        .as("round %d", i)
                        .containsExactlyInAnyOrder("1", "{\"code\":3,\"message\":\"Bad request\"}");
            }
        }
        await().until(() -> server.sessionCount() == 0);
    }

    /**
     * Two connections each poll one session, and post to the other one behind that. Two more connections then post to
     * both sessions at once, which answers both polls and begins the posts behind them.
     */
    @Test
    void G13_requestsOfTwoSessionsThatCrossStopNoEventLoop() throws Exception {
        crossing(QUICK);
    }

    @Tag("full")
    @Test
    void G13_manyRequestsOfTwoSessionsThatCrossStopNoEventLoop() throws Exception {
        crossing(MANY);
    }

    private void crossing(int rounds) throws Exception {
        Random random = new Random(10);
        String echo = "42[\"message\",1]";
        // Connections go to the event loops in turn, so these four use as few loops as possible, and at least two.
        int loops = 2 * Runtime.getRuntime().availableProcessors();
        List<RawSocket> sockets = new ArrayList<>();
        for (int i = 0; i < loops + 2; i++) {
            sockets.add(new RawSocket(server.port()));
        }
        for (int i = 0; i < rounds; i++) {
            PollingSession one = PollingSession.connected(server, 4);
            PollingSession two = PollingSession.connected(server, 4);
            sockets.get(0).write(poll(one.query()) + post(two.query(), echo));
            sockets.get(1).write(poll(two.query()) + post(one.query(), echo));
            await().until(() -> one.isPolled() && two.isPolled());

            race(
                    random,
                    () -> sockets.get(loops).write(post(one.query(), echo)),
                    () -> sockets.get(loops + 1).write(post(two.query(), echo)));

            // Two posts of one session may meet, which ends it. Each request is answered all the same.
            for (int j : new int[] {0, 0, 1, 1, loops, loops + 1}) {
                assertThat(body(sockets.get(j))).isNotEmpty();
            }
        }
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }

    /** Each step of a round runs on a thread of its own. The ping time-out ends the sessions that no step ended. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void G13_randomRacesLeaveNoSession(long seed) throws Exception {
        randomRaces(40, seed);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void G13_manyRandomRacesLeaveNoSession(long seed) throws Exception {
        randomRaces(600, seed);
    }

    private void randomRaces(int rounds, long seed) throws Exception {
        server.close();
        Duration second = Duration.ofSeconds(1);
        server = TestServer.start(timeouts -> timeouts.withPing(second, second).withUpgrade(second));
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            int version = 3 + random.nextInt(2);
            String session = TestHttp.session(server, version);
            List<Step> steps = new ArrayList<>();
            List<RawSocket> sockets = new ArrayList<>();
            for (int j = 2 + random.nextInt(4); j > 0; j--) {
                RawSocket socket = new RawSocket(server.port());
                sockets.add(socket);
                steps.add(step(random.nextInt(5), socket, session, version));
            }
            race(random, steps.toArray(Step[]::new));
            for (RawSocket socket : sockets) {
                socket.close();
            }
        }
        await().until(() -> server.sessionCount() == 0);
        await().untilAsserted(() -> assertThat(count("connect ")).isEqualTo(count("close ")));
    }

    private static Step step(int kind, RawSocket socket, String session, int version) {
        return switch (kind) {
            case 0 -> () -> socket.write(close(session, version));
            case 1 -> () -> socket.write(poll(session));
            case 2 -> () -> upgrade(socket, session);
            case 3 -> () -> socket.write(post(session, version == 3 ? "2:40" : "40"));
            default -> () -> socket.write(post(session, version == 3 ? "1:2" : "3"));
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Runs the steps at almost the same time, in a random order and with random small delays. */
    private static void race(Random random, Step... steps) {
        List<Step> shuffled = new ArrayList<>(List.of(steps));
        Collections.shuffle(shuffled, random);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Step step : shuffled) {
            int spins = random.nextInt(20_000);
            running.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < spins; i++) {
                    Thread.onSpinWait();
                }
                quietly(step);
            }));
        }
        running.forEach(CompletableFuture::join);
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            // The server has closed this connection because another step ended the session.
            assertThat(e).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private void assertAllEnded(int version, int rounds) {
        await().untilAsserted(() -> assertThat(server.sessionCount()).isZero());
        long connects = version == 3 ? rounds : 0;
        await().untilAsserted(() -> assertThat(count("close ")).isEqualTo(connects));
        assertThat(count("connect ")).isEqualTo(connects);
    }

    private long count(String start) {
        return server.log.stream().filter(each -> each.startsWith(start)).count();
    }

    private static String poll(String session) {
        return "GET /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static String close(String session, int version) {
        return post(session, version == 3 ? "1:1" : "1");
    }

    private static String post(String session, String body) {
        return "POST /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static String body(RawSocket socket) throws IOException {
        String length = socket.head().replaceAll("(?s).*content-length: (\\d+).*", "$1");
        return new String(socket.read(Integer.parseInt(length)), java.nio.charset.StandardCharsets.UTF_8);
    }
}
