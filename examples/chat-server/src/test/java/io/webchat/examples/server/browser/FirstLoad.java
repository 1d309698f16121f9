package io.webchat.examples.server.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The first load of the page in a browser that has none of its files.
 *
 * @param requests all requests until the network was idle, with those to the API and that for the socket
 * @param bytes the bytes that came over the network until then, with the header fields
 * @param millis how long it took until the page could be used
 */
record FirstLoad(int requests, long bytes, long millis) {
    /** Finds out when an element can be seen. */
    private static final String NOTE_WHEN = "new MutationObserver(() => {"
            + " const node = document.querySelector('%s');"
            + " if (!window.usableAt && node && node.checkVisibility()) { window.usableAt = performance.now(); }"
            + " }).observe(document, { subtree: true, childList: true, attributes: true });";

    /** What is counted while a page is loaded. */
    private static final class Traffic {
        private int requests;
        private long bytes;

        private void sent(JsonObject event) {
            String url = event.getAsJsonObject("request").get("url").getAsString();
            requests += url.startsWith("http") ? 1 : 0;
        }

        private void loaded(JsonObject event) {
            bytes += event.get("encodedDataLength").getAsLong();
        }

        private void count(CDPSession session) {
            session.on("Network.requestWillBeSent", this::sent);
            session.on("Network.webSocketCreated", any -> requests++);
            session.on("Network.loadingFinished", this::loaded);
            session.send("Network.enable");
        }
    }

    /**
     * Loads a page.
     *
     * @param state the browser's storage, as Playwright writes it, or null for an empty one
     * @param usable the selector of an element; once that is visible, the page can be used
     */
    static FirstLoad of(Browser browser, String url, @Nullable String state, String usable, Network network) {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setLocale("en-GB").setServiceWorkers(ServiceWorkerPolicy.BLOCK);
        if (state != null) {
            options.setStorageState(state);
        }
        try (BrowserContext context = browser.newContext(options)) {
            Page page = context.newPage();
            CDPSession session = context.newCDPSession(page);
            Traffic traffic = new Traffic();
            traffic.count(session);
            network.emulate(session);
            long millis = millisUntilUsable(page, url, usable);
            page.waitForLoadState(LoadState.NETWORKIDLE, new Page.WaitForLoadStateOptions().setTimeout(Stage.PATIENCE));
            return new FirstLoad(traffic.requests, traffic.bytes, millis);
        }
    }

    /** Opens a page, and returns how long it takes until an element is visible. */
    static long millisUntilUsable(Page page, String url, String usable) {
        page.addInitScript(NOTE_WHEN.formatted(usable));
        page.navigate(url, new Page.NavigateOptions().setTimeout(Stage.PATIENCE));
        page.waitForFunction(
                "() => window.usableAt", null, new Page.WaitForFunctionOptions().setTimeout(Stage.PATIENCE));
        return ((Number) page.evaluate("Math.round(window.usableAt)")).longValue();
    }
}
