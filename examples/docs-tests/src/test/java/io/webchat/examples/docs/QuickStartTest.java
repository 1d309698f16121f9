package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosts with which a stranger begins, run as they stand there. */
class QuickStartTest {
    private static Block first(String page) {
        return Page.read(page).blocks("java").get(0);
    }

    @Test
    void theReadmesQuickStartIsQuick() {
        assertThat(first("README.md").text().lines().filter(line -> !line.isEmpty() && !line.startsWith("import ")))
                .hasSizeLessThanOrEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/quick-start.md"})
    void itsBotAnswers(String page, @TempDir Path folder) throws Exception {
        try (Program program = Program.start(folder, first(page))) {
            Socket alice = IO.socket(
                    URI.create("http://localhost:" + program.port()),
                    IO.Options.builder()
                            .setForceNew(true)
                            .setAuth(Map.of("token", "alice"))
                            .setReconnectionDelay(100)
                            .setReconnectionDelayMax(500)
                            .build());
            List<String> texts = new CopyOnWriteArrayList<>();
            alice.on("chat", args -> {
                texts.add(((JSONObject) args[0]).optString("Text"));
                if (args[args.length - 1] instanceof Ack confirm) {
                    confirm.call();
                }
            });
            alice.connect();
            try {
                await().atMost(Duration.ofSeconds(60)).until(alice::connected);
                alice.emit(
                        "chat",
                        new JSONObject(Map.of("EvtType", "message", "To", "echo", "MsgID", "m1", "Text", "hello")));

                await().untilAsserted(() -> assertThat(texts).contains("You said: hello"));
            } finally {
                alice.close();
            }
        }
    }

    @Test
    void theFirstMessageOfTheQuickStartIsAnswered(@TempDir Path folder) throws Exception {
        List<Block> classes = Page.read("docs/quick-start.md").blocks("java");
        try (Program host = Program.start(folder, classes.get(0))) {
            await().atMost(Duration.ofSeconds(60)).until(host::listens);

            assertThat(host.output(folder, classes.get(1))).contains("stored: ", "echo: You said: hello");
        }
    }
}
