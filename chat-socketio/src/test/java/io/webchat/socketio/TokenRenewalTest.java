package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.testkit.PollingClient;
import io.webchat.socketio.testkit.WebSocketClient;
import io.webchat.socketio.testkit.WireClient;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A socket ends when its token expires, unless its user sends a new one, with old and new protocols alike. */
class TokenRenewalTest {
    private final ChatTestServer server = new ChatTestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String until(long millisFromNow) {
        return "-until-" + Instant.now().plusMillis(millisFromNow).toEpochMilli();
    }

    /** Connects over Engine.IO 3 or 4 with this token. */
    private WireClient connect(int version, String transport, String token) throws Exception {
        if (transport.equals("polling")) {
            return polling(version, token);
        }
        if (version == 4) {
            return server.connect(token, "");
        }
        WebSocketClient socket = WebSocketClient.open(server.ws(3, "&token=token-" + token));
        socket.next();
        assertThat(socket.next()).isEqualTo("40");
        return socket;
    }

    private WireClient polling(int version, String token) throws Exception {
        PollingClient client = new PollingClient(server.http(), version, version == 3 ? "&token=token-" + token : "");
        if (version == 4) {
            client.send("40{\"token\":\"token-" + token + "\"}");
        }
        assertThat(client.nextMessage()).startsWith("40");
        return client;
    }

    @ParameterizedTest
    @CsvSource({"3, websocket", "4, websocket", "4, polling"})
    void G16_anExpiredSessionIsDisconnectedWithTheCodeUnauthorized(int version, String transport) throws Exception {
        WireClient alice = connect(version, transport, "alice" + until(2_500));

        assertThat(alice.nextMessage()).contains("\"EvtType\":\"expiring\"");
        assertThat(alice.nextMessage()).contains("\"EvtType\":\"disconnected\"", "\"Code\":\"unauthorized\"");
        assertThat(alice.nextMessage()).isEqualTo("41");
    }

    @ParameterizedTest
    @CsvSource({"3, websocket", "4, websocket", "3, polling", "4, polling"})
    void G16_aNewTokenKeepsTheSession(int version, String transport) throws Exception {
        WireClient alice = connect(version, transport, "alice" + until(20_000));
        assertThat(alice.nextMessage()).contains("\"EvtType\":\"expiring\"");

        alice.send("421[\"auth\",{\"token\":\"token-alice" + until(100_000) + "\"}]");
        assertThat(alice.nextMessage()).isEqualTo("431[{\"ok\":true}]");
        alice.send("422[\"auth\",\"{\\\"token\\\":\\\"token-alice\\\"}\"]");
        assertThat(alice.nextMessage()).isEqualTo("432[{\"ok\":true}]");
        alice.send("423[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"x\"}]");
        assertThat(alice.nextMessage()).startsWith("433[{\"ok\":true,\"MsgID\":\"m1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"token\":\"token-mallory\"}; forbidden; false",
                "{\"token\":\"wrong\"}; unauthorized; false",
                "{\"token\":\"throw\"}; unauthorized; false",
                "{\"token\":\"down\"}; unavailable; true",
                "{\"token\":\"token-alice-until-1\"}; unauthorized; false",
                "{\"token\":7}; bad_request; false",
                "{}; bad_request; false",
                "\"no JSON\"; bad_request; false",
                "[]; bad_request; false",
            })
    void G16_anotherTokenIsRefusedAndTheSessionGoesOn(String argument, String code, boolean retry) throws Exception {
        WebSocketClient alice = server.connect("alice", "");

        alice.send("421[\"auth\"," + argument + "]");
        assertThat(alice.nextMessage())
                .startsWith("431[{\"ok\":false")
                .contains("\"Code\":\"" + code + "\"", "\"Retry\":" + retry);
        alice.send("42[\"auth\"," + argument + "]");
        assertThat(alice.nextMessage()).contains("\"EvtType\":\"failed\"", "\"Code\":\"" + code + "\"");
        alice.send("422[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"x\"}]");
        assertThat(alice.nextMessage()).startsWith("432[{\"ok\":true");
    }

    @Test
    void G16_nobodyRenewsBeforeTheyConnected() throws Exception {
        WebSocketClient nobody = WebSocketClient.open(server.ws(3, ""));
        nobody.next();
        nobody.next();

        nobody.send("421[\"auth\",{\"token\":\"token-alice\"}]");
        assertThat(nobody.nextMessage()).startsWith("431[{\"ok\":false").contains("\"Code\":\"unauthorized\"");
    }
}
