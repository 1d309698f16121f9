package io.webchat.examples.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.examples.server.LocalNodes;
import io.webchat.examples.server.NodeProcesses;
import io.webchat.redis.testing.RedisServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shared by all browser tests of a JVM: one browser, and two nodes over one Redis and one DynamoDB. Tests that kill
 * nodes share another two, which are processes.
 */
final class Stage implements AutoCloseable {
    /** Long: a busy machine is no reason to fail. Only tests that fail wait that long. */
    static final double PATIENCE = 60_000;

    private static final String TABLE = "browser-tests";
    private static final Path FILES = Path.of("target", "browser-files");
    private static final String MAX_FILE = "--max-attachment-bytes=3000000";
    /** As much as two files, of which only one is large. */
    private static final String QUOTA = "--attachment-quota=4000000";
    /** Of the whole JVM: each class has a stage of its own, over the same stores. */
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final Playwright playwright;
    private final Browser browser;
    private @Nullable LocalNodes local;
    private @Nullable NodeProcesses processes;

    private Stage(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Stage open(Path executable) {
        Playwright playwright = Chromium.playwright();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return new Stage(playwright, Chromium.launch(playwright, executable));
    }

    /** Nodes in this JVM. */
    LocalNodes localNodes() {
        LocalNodes nodes = local;
        if (nodes == null) {
            nodes = new LocalNodes(2, options("--attachments=" + FILES, MAX_FILE, QUOTA));
            local = nodes;
        }
        return nodes;
    }

    /** A node over the same stores that takes no files. The caller closes it. */
    static LocalNodes nodeWithoutFiles() {
        return new LocalNodes(1, options());
    }

    private static String[] options(String... more) {
        Stream<String> stores = Stream.of(
                "--redis=" + RedisServers.shared().url(),
                "--dynamo=" + DynamoServers.shared().uri(),
                "--table=" + TABLE);
        return Stream.concat(stores, Stream.of(more)).toArray(String[]::new);
    }

    /** Nodes that tests may kill. */
    NodeProcesses processes() throws IOException {
        NodeProcesses nodes = processes;
        if (nodes == null) {
            Map<String, String> backends = Map.of(
                    "CHAT_REDIS", RedisServers.shared().url(),
                    "CHAT_DYNAMO", DynamoServers.shared().uri().toString(),
                    "CHAT_TABLE", TABLE);
            nodes = new NodeProcesses(2, node -> backends);
            processes = nodes;
        }
        return nodes;
    }

    Browser browser() {
        return browser;
    }

    /** A number for each test, so that no two share their users. */
    int nextTest() {
        return TESTS.incrementAndGet();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        if (local != null) {
            local.close();
        }
        if (processes != null) {
            processes.close();
        }
    }
}
