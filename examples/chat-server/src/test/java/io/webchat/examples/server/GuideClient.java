package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.json.JSONObject;

/** The Java client of {@code docs/clients.md}, compiled from there, and what it told its listener. */
final class GuideClient implements AutoCloseable {
    private static final Path GUIDE = Path.of("..", "..", "docs", "clients.md");
    private static final Pattern CODE = Pattern.compile(
            "^```java\\n((?:import [^\\n]+\\n)+\\npublic final class ChatClient .*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Class<?> type;
    private final Object client;
    private final List<JSONObject> messages = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile String nextToken = "";

    /** A client of this compiled class that goes on with what an earlier one kept. */
    GuideClient(Class<?> type, String url, String token, Object kept) throws ReflectiveOperationException {
        this.type = type;
        Class<?> listener = nested(type, "Listener");
        Object heard =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {listener}, (proxy, method, args) -> {
                    tell(method.getName(), args == null ? List.of() : List.of(args));
                    return null;
                });
        client = type.getConstructor(URI.class, String.class, String.class, kept.getClass(), listener)
                .newInstance(URI.create(url), token, "laptop", kept, heard);
    }

    /** Compiles the code of the guide into a folder. */
    static Class<?> compile(Path folder) throws IOException, ReflectiveOperationException {
        Matcher code = CODE.matcher(Files.readString(GUIDE));
        assertThat(code.find()).as("the client in the guide").isTrue();
        Path source = Files.writeString(folder.resolve("ChatClient.java"), code.group(1));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        source.toString());
        assertThat(status).isZero();
        URL[] classes = {folder.toUri().toURL()};
        return new URLClassLoader(classes, GuideClient.class.getClassLoader()).loadClass("ChatClient");
    }

    /** What a client that was never started has kept. */
    static Object nothingKept(Class<?> type) throws ReflectiveOperationException {
        return nested(type, "Kept").getConstructor().newInstance();
    }

    private static Class<?> nested(Class<?> type, String name) throws ClassNotFoundException {
        return Class.forName(type.getName() + "$" + name, true, type.getClassLoader());
    }

    private void tell(String what, List<Object> args) throws ReflectiveOperationException {
        if (what.equals("message")) {
            messages.add((JSONObject) args.get(0));
        } else if (what.equals("expiring")) {
            type.getMethod("renew", String.class).invoke(client, nextToken);
        }
        told.add(what + " " + args);
    }

    /** Goes on with this token when the present one is about to expire. */
    void renewsWith(String token) {
        nextToken = token;
    }

    String send(String to, String text) throws ReflectiveOperationException {
        return (String) type.getMethod("send", String.class, String.class).invoke(client, to, text);
    }

    /** Waits until the server has answered every message of what this client has kept. */
    static void awaitAllAnswered(Object kept) {
        await().atMost(PATIENCE)
                .until(() -> kept.getClass().getMethod("unsent").invoke(kept).equals(0));
    }

    /** Shows the message with this text to the person. */
    void display(String text) throws ReflectiveOperationException {
        JSONObject message = messages.stream()
                .filter(each -> each.optString("Text").equals(text))
                .findFirst()
                .orElseThrow();
        type.getMethod("display", JSONObject.class).invoke(client, message);
    }

    /** The texts of all messages that it told of, in their order. */
    List<String> texts() {
        return messages.stream().map(each -> each.optString("Text")).toList();
    }

    /** Waits for the last of these, and holds that just these came, each once and in this order. */
    void gets(List<String> texts) {
        awaitText(texts.get(texts.size() - 1));
        assertThat(texts()).isEqualTo(texts);
    }

    void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> texts().contains(text));
    }

    /** Waits for something that is no message, such as {@code gap []}. */
    void awaitTold(String beginning) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(told).anySatisfy(each -> assertThat(each).startsWith(beginning)));
    }

    /** Everything that its listener was told. */
    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void close() throws ReflectiveOperationException {
        type.getMethod("close").invoke(client);
    }
}
