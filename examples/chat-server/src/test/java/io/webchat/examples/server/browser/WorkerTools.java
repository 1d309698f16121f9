package io.webchat.examples.server.browser;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** What the developer tools of the browser can do with a service worker: hand it a push, and run code in it. */
final class WorkerTools implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String origin;
    private final CDPSession ofPage;
    private final CDPSession ofBrowser;
    /** The ids of registrations by their scopes. */
    private final Map<String, String> registrations = new ConcurrentHashMap<>();

    private final Map<Integer, JsonObject> answers = new ConcurrentHashMap<>();
    private int lastMessage;

    /**
     * Tools for the worker of an address.
     *
     * @param page a page of the same browser profile; it need not be one of the worker's
     */
    WorkerTools(Page page, String origin) {
        this.origin = origin;
        Browser browser = page.context().browser();
        this.ofPage = page.context().newCDPSession(page);
        this.ofBrowser = browser.newBrowserCDPSession();
        ofPage.on(
                "ServiceWorker.workerRegistrationUpdated",
                event -> event.getAsJsonArray("registrations").forEach(each -> {
                    JsonObject one = each.getAsJsonObject();
                    registrations.put(
                            one.get("scopeURL").getAsString(),
                            one.get("registrationId").getAsString());
                }));
        ofBrowser.on("Target.receivedMessageFromTarget", event -> {
            JsonObject message =
                    JsonParser.parseString(event.get("message").getAsString()).getAsJsonObject();
            if (message.has("id")) {
                answers.put(message.get("id").getAsInt(), message);
            }
        });
        ofPage.send("ServiceWorker.enable");
    }

    /** Hands the worker a push with this text, as the push service of the browser would. */
    void deliver(String text) {
        JsonObject push = new JsonObject();
        push.addProperty("origin", origin);
        push.addProperty("registrationId", awaited(() -> registrations.get(origin + "/")));
        push.addProperty("data", text);
        ofPage.send("ServiceWorker.deliverPushMessage", push);
    }

    /** Runs an expression in the worker, which may be a promise; returns what the browser says of its result. */
    JsonObject evaluate(String expression) {
        JsonObject code = new JsonObject();
        code.addProperty("expression", expression);
        code.addProperty("awaitPromise", true);
        code.addProperty("returnByValue", true);
        JsonObject message = new JsonObject();
        int id = ++lastMessage;
        message.addProperty("id", id);
        message.addProperty("method", "Runtime.evaluate");
        message.add("params", code);
        JsonObject envelope = new JsonObject();
        envelope.addProperty("sessionId", session());
        envelope.addProperty("message", message.toString());
        ofBrowser.send("Target.sendMessageToTarget", envelope);
        return awaited(() -> answers.remove(id));
    }

    private String session() {
        JsonObject attachment = new JsonObject();
        attachment.addProperty("targetId", awaited(() -> target().orElse(null)));
        attachment.addProperty("flatten", false);
        return ofBrowser
                .send("Target.attachToTarget", attachment)
                .get("sessionId")
                .getAsString();
    }

    private Optional<String> target() {
        return StreamSupport.stream(
                        ofBrowser
                                .send("Target.getTargets")
                                .getAsJsonArray("targetInfos")
                                .spliterator(),
                        false)
                .map(each -> each.getAsJsonObject())
                .filter(each -> each.get("type").getAsString().equals("service_worker")
                        && each.get("url").getAsString().startsWith(origin + "/"))
                .map(each -> each.get("targetId").getAsString())
                .findFirst();
    }

    /** Waits for a value; each look lets the events of the browser come in. */
    private <T> T awaited(Callable<T> look) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            ofBrowser.send("Target.getTargets");
                            return look.call();
                        },
                        found -> found != null);
    }

    @Override
    public void close() {
        ofPage.detach();
        ofBrowser.detach();
    }
}
