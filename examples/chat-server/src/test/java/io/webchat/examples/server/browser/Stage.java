package io.webchat.examples.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.examples.server.Nodes;
import io.webchat.redis.testing.RedisServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What all browser tests of a run share: one browser, and two nodes over one Redis and one DynamoDB. */
final class Stage implements AutoCloseable {
    /** Long: a busy machine is no reason to fail. Only tests that fail wait that long. */
    static final double PATIENCE = 60_000;

    private final Nodes nodes;
    private final FrontDoor door;
    private final Playwright playwright;
    private final Browser browser;
    private int tests;

    private Stage(Nodes nodes, FrontDoor door, Playwright playwright, Browser browser) {
        this.nodes = nodes;
        this.door = door;
        this.playwright = playwright;
        this.browser = browser;
    }

    static Stage open(Path executable) throws IOException {
        Map<String, String> backends = Map.of(
                "CHAT_REDIS", RedisServers.shared().url(),
                "CHAT_DYNAMO", DynamoServers.shared().uri().toString(),
                "CHAT_TABLE", "browser-tests");
        Nodes nodes = new Nodes(2, node -> backends);
        FrontDoor door = new FrontDoor(List.of(nodes.get(0).port(), nodes.get(1).port()));
        Playwright playwright = Chromium.playwright();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return new Stage(nodes, door, playwright, Chromium.launch(playwright, executable));
    }

    Nodes nodes() {
        return nodes;
    }

    /** The address of a load balancer that prefers the first node. */
    String door() {
        return door.url();
    }

    Browser browser() {
        return browser;
    }

    /** A number for each test, so that no two share their users. */
    int nextTest() {
        return ++tests;
    }

    @Override
    public void close() throws IOException {
        browser.close();
        playwright.close();
        door.close();
        nodes.close();
    }
}
