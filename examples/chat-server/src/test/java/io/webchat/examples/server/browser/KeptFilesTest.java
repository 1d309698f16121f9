package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.webchat.examples.server.FrontDoor;
import io.webchat.examples.server.LocalNodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser keeps the page's own files and nothing else, one version of them, until somebody has it deleted. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class KeptFilesTest {
    private static final String IS_LATER = "() => globalThis.versionOfTheTest === 2";

    /** Finds a later version of the page. */
    private static final class LaterPage extends ClassLoader {
        LaterPage(ClassLoader parent) {
            super(parent);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            InputStream in = super.getResourceAsStream(name);
            return in != null && name.equals("web/js/main.js") ? later(in) : in;
        }

        private static InputStream later(InputStream in) {
            try (in) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new ByteArrayInputStream(
                        (text + "globalThis.versionOfTheTest = 2;\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static LocalNodes laterNode() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new LaterPage(before));
        try {
            return new LocalNodes(1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void G13_onlyFilesOfThePageAreKeptAndSigningOutCanDeleteThem(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.signedIn("bob", 1));
        ann.writes("hello");
        KeptFiles kept = new KeptFiles(ann.page());
        kept.awaitWhole();
        String page = people.nodes().url(0) + "/";
        assertThat(kept.addresses())
                .contains(page)
                .allSatisfy(each -> assertThat(each.substring(page.length()))
                        .matches("|favicon\\.svg|manifest\\.webmanifest|assets/[a-z.-]+-[0-9a-f]{16}\\.(js|css)"));

        ann.button("Sign out").click();
        Locator dialog = ann.dialog("Sign out?");
        dialog.getByLabel("Delete them from this browser").check();
        Rooms.button(dialog, "Sign out").click();
        ann.seesTheSignInPage();
        kept.awaitNone();
        ann.signsIn();
        kept.awaitWhole();
    }

    @Test
    void thePageCanBeInstalled(People people) {
        Person ann = people.signedIn("ann", 0);
        new KeptFiles(ann.page()).awaitWhole();
        CDPSession devTools = ann.page().context().newCDPSession(ann.page());
        JsonObject manifest = devTools.send("Page.getAppManifest");
        assertThat(manifest.get("url").getAsString()).endsWith("/manifest.webmanifest");
        assertThat(manifest.getAsJsonArray("errors")).isEmpty();
        JsonArray against = devTools.send("Page.getInstallabilityErrors").getAsJsonArray("installabilityErrors");
        // Profiles of tests are private windows, in which Chromium installs nothing.
        assertThat(against)
                .extracting(each -> each.getAsJsonObject().get("errorId").getAsString())
                .isSubsetOf("in-incognito");
    }

    @Test
    void aPageBelowAPathOpensWithoutItsServer(People people) {
        Person ann = people.somebody("ann");
        try (LocalNodes nodes = new LocalNodes(1, "--base-path=/team")) {
            ann.opens(nodes.url(0) + "/team/");
            ann.signsIn();
            new KeptFiles(ann.page()).awaitWhole();
        }
        ann.expects(Console.Noise.UNREACHABLE);
        ann.reloads();
        ann.seesTheirConversations();
        assertThat(ann.page().getByRole(AriaRole.STATUS).getByText("Reconnecting"))
                .isVisible();
        Axe.check(ann, "without a server");
    }

    @Test
    void aNewVersionShowsAtOnceAndReplacesTheOneBefore(People people) throws Exception {
        Person ann = people.somebody("ann");
        ann.expects(Console.Noise.UNREACHABLE);
        List<Integer> ports = new CopyOnWriteArrayList<>();
        KeptFiles kept = new KeptFiles(ann.page());
        try (FrontDoor door = new FrontDoor(ports)) {
            String first;
            try (LocalNodes nodes = new LocalNodes(1)) {
                ports.add(nodes.port(0));
                ann.opens(door.url());
                ann.signsIn();
                kept.awaitWhole();
                first = kept.names().get(0);
            }
            try (LocalNodes later = laterNode()) {
                ports.set(0, later.port(0));
                ann.reloads();
                ann.page().waitForFunction(IS_LATER);
                ann.seesTheirConversations();
                ann.page()
                        .evaluate("navigator.serviceWorker.getRegistration().then(kept => new Promise(done => {"
                                + " const look = () => kept.waiting ? done(true) : setTimeout(look, 20); look(); }))");
                assertThat(kept.names()).contains(first);
                ann.reloads();
                kept.awaitOtherThan(first);
            }
            ann.reloads();
            ann.seesTheirConversations();
            ann.page().waitForFunction(IS_LATER);
        }
    }
}
