package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's quick start, compiled and run as it stands there. */
class QuickstartTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import io.webchat.core.*;
            import io.webchat.socketio.*;
            import java.util.concurrent.CompletableFuture;
            """;

    private static String quickstart() throws Exception {
        Matcher block = JAVA.matcher(Files.readString(Path.of("..", "..", "README.md")));
        assertThat(block.find()).isTrue();
        String code = block.group(1);
        assertThat(code.lines()).as("a quick start is quick").hasSizeLessThanOrEqualTo(15);
        return code;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theQuickStartOfTheReadmeRunsAndItsBotAnswers(@TempDir Path folder) throws Exception {
        int port = freePort();
        Path source = folder.resolve("Quickstart.java");
        Files.writeString(source, IMPORTS + quickstart().replace("9092", Integer.toString(port)));
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .inheritIO()
                .start();
        Socket alice = IO.socket(
                URI.create("http://localhost:" + port),
                IO.Options.builder()
                        .setAuth(Map.of("token", "alice"))
                        .setReconnectionDelay(100)
                        .setReconnectionDelayMax(500)
                        .build());
        List<String> texts = new CopyOnWriteArrayList<>();
        try {
            alice.on("chat", args -> {
                texts.add(((JSONObject) args[0]).optString("Text"));
                if (args[args.length - 1] instanceof Ack confirm) {
                    confirm.call();
                }
            });
            alice.connect();
            await().atMost(Duration.ofSeconds(60)).until(alice::connected);
            alice.emit(
                    "chat", new JSONObject(Map.of("EvtType", "message", "To", "echo", "MsgID", "m1", "Text", "hello")));

            await().untilAsserted(() -> assertThat(texts).contains("You said: hello"));
        } finally {
            alice.close();
            server.destroyForcibly().waitFor();
        }
    }
}
