package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.WebSocketClient;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The chat's observer counts the events and the requests that the transport refuses by itself. */
class ObservedRefusalsTest {
    private final List<ErrorCode> refused = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private ChatTestServer server() {
        ChatObserver observer = new ChatObserver() {
            @Override
            public void refused(ErrorCode code) {
                refused.add(code);
            }

            @Override
            public void peerFault(String kind) {
                faults.add(kind);
            }
        };
        return new ChatTestServer(Chat.builder().observer(observer).build(), UnaryOperator.identity());
    }

    @Test
    void malformedEventsAreCounted() throws Exception {
        List<String> malformed = List.of(
                "[\"chat\",{\"EvtType\":\"nonsense\"}]",
                "[\"chat\",{\"EvtType\":\"message\"}]",
                "[\"chat\",5]",
                "[\"chat\"]",
                "[\"other\",{}]");
        try (ChatTestServer server = server()) {
            WebSocketClient alice = server.connect("alice", "");
            for (String event : malformed) {
                alice.send("421" + event);
                assertThat(alice.nextMessage()).startsWith("431[{\"ok\":false").contains("bad_request");
            }
            alice.abort();

            assertThat(refused).isEqualTo(Collections.nCopies(malformed.size(), ErrorCode.BAD_REQUEST));
        }
    }

    @Test
    void faultsOfPeersAreCountedByKind() throws Exception {
        try (ChatTestServer server = server()) {
            for (String head : List.of(
                    "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\n\r\n",
                    "GET / HTTP/1.1\r\n\r\n")) {
                try (RawSocket raw = new RawSocket(server.server.port())) {
                    raw.write(head);
                    assertThat(raw.head()).startsWith("HTTP/1.1 40");
                }
            }
            assertThat(faults).containsExactly("host", "origin", "request");

            try (RawSocket raw = new RawSocket(server.server.port())) {
                raw.webSocket();
                // A reset that meets the server's first packet fails the write, and nobody is told of that.
                assertThat(raw.read(1)).isNotEmpty();
                raw.reset();
            }
            await().untilAsserted(() -> assertThat(faults).endsWith("connection"));
        }
    }
}
