package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client of docs/clients.md, run against a server. */
class ClientPageTest {
    private final AnsweringServer server = new AnsweringServer();

    private Class<?> type = Void.class;

    /** A client of the page, and what it told its listener. */
    private final class Client implements AutoCloseable {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Object client;

        Client(String user) throws ReflectiveOperationException {
            Class<?> listener = nested("Listener");
            Class<?> kept = nested("Kept");
            InvocationHandler remember = (proxy, method, args) -> {
                told.add(text(method.getName(), args));
                return null;
            };
            client = type.getConstructor(URI.class, String.class, String.class, kept, listener)
                    .newInstance(
                            URI.create("http://localhost:" + server.port()),
                            user,
                            "laptop",
                            kept.getConstructor().newInstance(),
                            Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {listener}, remember));
        }

        private Class<?> nested(String name) throws ClassNotFoundException {
            return Class.forName(type.getName() + "$" + name, true, type.getClassLoader());
        }

        private static String text(String name, Object[] args) {
            return args != null && args[0] instanceof JSONObject message
                    ? name + " " + message.optString("From") + " " + message.optString("Text")
                    : name + " " + (args == null ? "" : List.of(args));
        }

        String send(String to, String text) throws ReflectiveOperationException {
            return (String) type.getMethod("send", String.class, String.class).invoke(client, to, text);
        }

        @Override
        public void close() throws ReflectiveOperationException {
            type.getMethod("close").invoke(client);
        }
    }

    @BeforeEach
    void compile(@TempDir Path folder) throws ClassNotFoundException {
        List<JavaSource> sources = Page.read("docs/clients.md").blocks("java").stream()
                .map(JavaSource::of)
                .toList();
        assertThat(Compiled.into(folder, sources)).isEmpty();
        type = Compiled.loader(folder).loadClass("ChatClient");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void messagesAndReceiptsTravel() throws Exception {
        try (Client alice = new Client("alice");
                Client bob = new Client("bob")) {
            String id = alice.send("bob", "Are you there?");

            await().untilAsserted(() -> assertThat(bob.told).contains("message alice Are you there?"));
            await().untilAsserted(() -> assertThat(alice.told).contains("receipt [" + id + ", delivery]"));
            assertThat(alice.told).contains("message bob hi");
        }
    }

    @Test
    void whatWasKeptDoesNotComeAgain() throws Exception {
        try (Client alice = new Client("alice")) {
            await().untilAsserted(() -> assertThat(alice.told).containsExactly("message bob hi"));
            // The client confirms the message after it has told of it.
            await().until(() -> history().get(0).status() == MessageStatus.DELIVERED);
        }
        server.chat()
                .send(ChatEvent.message(UserId.of("bob"), UserId.of("alice"), "again"))
                .toCompletableFuture()
                .join();
        try (Client alice = new Client("alice")) {
            await().untilAsserted(() -> assertThat(alice.told).contains("message bob again"));
            assertThat(alice.told).doesNotContain("message bob hi");
        }
    }

    private List<LoggedMessage> history() {
        return server.chat()
                .callLogs()
                .messages(UserId.of("alice"), ConversationId.direct(UserId.of("alice"), UserId.of("bob")), 10, "", "")
                .toCompletableFuture()
                .join()
                .items();
    }

    @Test
    void whatCanNeverBeAcceptedFails() throws Exception {
        server.chat()
                .profiles()
                .block(UserId.of("bob"), UserId.of("alice"))
                .toCompletableFuture()
                .join();
        try (Client alice = new Client("alice")) {
            String id = alice.send("bob", "let me in");

            await().untilAsserted(() ->
                    assertThat(alice.told).anySatisfy(told -> assertThat(told).startsWith("failed [" + id + ", ")));
        }
    }
}
