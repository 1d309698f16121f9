package io.webchat.examples.server.browser;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;

/** The files that a browser keeps of a page, so that it opens without a server. */
record KeptFiles(Page page) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMES = "caches.keys()";
    private static final String ADDRESSES = "Promise.all([...await caches.keys()].map(async name =>"
            + " (await (await caches.open(name)).keys()).map(each => each.url)))";
    private static final String IS_WORKING =
            "navigator.serviceWorker.getRegistration()" + ".then(kept => kept?.active?.state === 'activated')";
    private static final String WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)";

    /** Waits until the page would open without a server. */
    void awaitWhole() {
        await().atMost(PATIENCE).until(() -> page.evaluate(IS_WORKING).equals(true));
    }

    /** Waits until nothing is kept. */
    void awaitNone() {
        await().atMost(PATIENCE)
                .until(() -> names().isEmpty() && page.evaluate(WORKERS).equals(0));
    }

    /** Waits until one version is kept, which is not this one; returns its name. */
    String awaitOtherThan(String name) {
        await().atMost(PATIENCE).until(() -> names().size() == 1 && !names().contains(name));
        return names().get(0);
    }

    /** The names of the kept versions. */
    List<String> names() {
        return texts(page.evaluate(NAMES));
    }

    /** The addresses of all kept files. */
    List<String> addresses() {
        return texts(page.evaluate("async () => (await " + ADDRESSES + ").flat()"));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }
}
